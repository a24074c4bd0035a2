import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SourceText } from '@wit-ts/dev-support/compile-strictly';
import type { Resolve, World } from '@wit-ts/model';
import { load } from '@wit-ts/wit/node';
import { sample } from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { fixtureSources } from './fixtures/fixture-files.ts';
import { alone } from './fixtures/from-contract.ts';
import { randomWorld } from './fixtures/random-world.ts';
import { compilers, typeErrors, type Compiler } from './fixtures/type-check.ts';
import {
  generate,
  generateStub,
  type GeneratedFile,
  type GenerateOptions,
  type StaticModuleForm,
} from './index.ts';

const corpus = fileURLToPath(new URL('../../../../shared/corpus/wit-parse-pass', import.meta.url));
const hasCorpus = existsSync(corpus);

function inFolder(folder: string, files: readonly GeneratedFile[]): SourceText[] {
  return files.map(({ path, content }) => ({ path: `${folder}/${path}`, content }));
}

/** Options that change every file, in turn. */
function otherOptions(index: number): GenerateOptions {
  return {
    layout: 'file',
    ...(index % 2 === 0 ? {} : { typePrefix: 'W' }),
    ...(index % 3 === 0
      ? { typesOnly: true }
      : {
          contract: index % 3 === 1,
          instantiateSync: true,
          enums: 'const',
          variants: index % 3 === 1 ? 'const' : 'class',
        }),
    ...(index % 4 < 2 ? {} : { results: 'value' }),
    ...(index % 5 < 2 ? {} : { flags: 'bigint' }),
    ...(index % 7 < 3 ? {} : { casing: 'wit' }),
  };
}

/** The skeleton beside the generated files. */
async function skeleton(
  resolve: Resolve,
  world: World,
  options: GenerateOptions = {},
): Promise<readonly GeneratedFile[]> {
  return [await generateStub(resolve, world, { ...options, bindings: '.' })];
}

async function sampleFiles(count: number): Promise<SourceText[]> {
  const worlds = sample(randomWorld, { numRuns: count, seed: 20_261_120 });
  const files = worlds.map(async (world, i) => [
    ...inFolder(`sample/${i}`, await generate(alone(world), world)),
    ...inFolder(`sample/${i}-file`, await generate(alone(world), world, otherOptions(i))),
    ...inFolder(`sample/${i}`, await skeleton(alone(world), world)),
    ...inFolder(`sample/${i}-file`, await skeleton(alone(world), world, otherOptions(i))),
    ...inFolder(`static/${i}`, await declarations(alone(world), world, i)),
  ]);
  return (await Promise.all(files)).flat(2);
}

const NO_VALUES = { imports: new Map(), exports: new Map() };

/** Components and core modules, in an object that no world has. */
const VALUES: Required<StaticModuleForm>['values'] = {
  imports: new Map([
    ['somePart', { tag: 'Component', label: 'some-part' }],
    ['some:parts/kit', { tag: 'object', members: new Map([['core', { tag: 'CoreModule' }]]) }],
  ]),
  exports: new Map([
    ['parts$', { tag: 'object', members: new Map([['part', { tag: 'Component' }]]) }],
    ['default$', { tag: 'CoreModule' }],
  ]),
};

/** Declarations of a static module, in several forms. */
function declarations(resolve: Resolve, world: World, index: number): Promise<GeneratedFile[]> {
  const form = {
    name: 'app',
    isEager: index % 2 === 0,
    needsModules: index % 3 === 0,
    linksComponents: index % 5 === 0,
    values: index % 5 === 0 ? VALUES : NO_VALUES,
  };
  const choices = index % 4 < 2 ? {} : ({ results: 'value', flags: 'bigint', casing: 'wit' } as const);
  return generate(resolve, world, { staticModule: form, ...choices });
}

async function corpusFiles(): Promise<SourceText[]> {
  const files: SourceText[] = [];
  const entries = hasCorpus ? readdirSync(corpus).filter((entry) => !/\.(?:json|md)$/u.test(entry)) : [];
  for (const name of entries) {
    const { resolve } = await load(join(corpus, name), { features: ['active'] });
    for (const [i, world] of resolve.worlds.entries()) {
      const folder = `${name.replaceAll(/\W/gu, '_')}/${i}`;
      files.push(...inFolder(`corpus/${folder}`, await generate(resolve, world)));
      files.push(...inFolder(`static/${folder}`, await declarations(resolve, world, i)));
      files.push(...inFolder(`corpus/${folder}-file`, await generate(resolve, world, otherOptions(i))));
      files.push(...inFolder(`corpus/${folder}`, await skeleton(resolve, world)));
      files.push(...inFolder(`corpus/${folder}-file`, await skeleton(resolve, world, otherOptions(i))));
    }
  }
  return files;
}

describe.each(Object.keys(compilers) as Compiler[])('%s with every strict option accepts', (compiler) => {
  let errors: readonly string[];

  // One program of many folders: a compiler takes longer to start than to check them.
  beforeAll(async () => {
    const [samples, worlds] = await Promise.all([sampleFiles(60), corpusFiles()]);
    expect(worlds.length > 50).toBe(hasCorpus);
    errors = await typeErrors(compiler, [...samples, ...worlds, ...inFolder('fixtures', fixtureSources())]);
  }, 120_000);

  it('files for hosts of random worlds', () => {
    expect(errors.filter((error) => !/^(?:corpus|fixtures|static)\//u.test(error))).toEqual([]);
  });

  it('declarations of static modules', () => {
    expect(errors.filter((error) => error.startsWith('static/'))).toEqual([]);
  });

  it('the golden files, and code that is written against them', () => {
    // Where code is to be refused, it says `@ts-expect-error`.
    expect(errors.filter((error) => error.startsWith('fixtures/'))).toEqual([]);
  });

  it.skipIf(!hasCorpus)('files for hosts of the corpus in ../shared (skipped if it does not exist)', () => {
    expect(errors.filter((error) => error.startsWith('corpus/'))).toEqual([]);
  });

  it('declarations for a guest of a random world', async () => {
    // Declarations of one module in two worlds would be merged, so a program has but one world.
    const [world] = sample(randomWorld, { numRuns: 1, seed: compiler.length });
    const files = await generate(alone(world!), world!, { side: 'guest' });
    const guest = await skeleton(alone(world!), world!, { side: 'guest' });
    expect(await typeErrors(compiler, [...files, ...guest])).toEqual([]);
  });
});
