import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { generate, generateStub, type GenerateOptions } from '@wit-ts/bindgen';
import { compileStrictly, type SourceText } from '@wit-ts/dev-support/compile-strictly';
import { markdownTable } from '@wit-ts/dev-support/markdown-table';
import { qualifiedName, type Resolve, type World } from '@wit-ts/model';
import { check } from 'prettier';
import type { Study, StudyFindings } from '../study.ts';
import { corpusInputs, npmInputs } from './world-inputs.ts';

/** Generates everything for every published world, and lets two compilers and prettier judge it. */
export const generatedWorlds: Study = {
  name: 'generated-worlds',
  question: 'Do the files for every published world compile, with every option, and are they formatted?',
  run,
};

const require = createRequire(import.meta.url);

const COMPILERS: readonly (readonly [name: string, tsc: string])[] = [
  ['TypeScript 7', join(dirname(require.resolve('typescript/package.json')), 'bin/tsc')],
  ['TypeScript 5.9', require.resolve('typescript-5.9/bin/tsc')],
];

/** One program in so many is compiled by the older compiler, which takes seconds for each. */
const OLDER_SAMPLE = 8;

/** Every world is generated with the defaults and, in turn, with one of these. */
const HOST_OPTIONS: readonly GenerateOptions[] = [
  { layout: 'file' },
  { typesOnly: true },
  { contract: false },
  { instantiateSync: true },
  { enums: 'const' },
  { typePrefix: 'Wit' },
  { importExtension: '.ts' },
  { asyncImports: true, asyncExports: true },
  { staticModule: { name: 'app', isEager: true, needsModules: false } },
];

const COMPILE_OPTIONS = {
  target: 'es2022',
  lib: ['es2022', 'esnext.disposable', 'dom', 'dom.iterable', 'dom.asynciterable'],
};

interface PublishedWorld {
  readonly name: string;
  readonly resolve: Resolve;
  readonly world: World;
}

async function run(): Promise<StudyFindings> {
  const folder = await mkdtemp(join(tmpdir(), 'wit-ts-published-'));
  try {
    const inputs = [...(await corpusInputs()), ...(await npmInputs(folder))];
    const worlds = inputs.flatMap(({ name, resolve, worlds: all }): PublishedWorld[] =>
      all.map((world) => ({
        name: `${name}: ${qualifiedName(world.package!.name, world.name)}`,
        resolve,
        world,
      })),
    );
    return await judge(worlds);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function judge(worlds: readonly PublishedWorld[]): Promise<StudyFindings> {
  const problems: string[] = [];
  const hosts = (await Promise.all(worlds.map(hostFiles))).flat();
  for (const [compiler, tsc] of COMPILERS)
    problems.push(...(await errorsOf(compiler, tsc, hosts, 'host files')));
  let guests = 0;
  // Two guests in one program may declare the same modules, so each is a program of its own.
  for (const [index, world] of worlds.entries()) {
    const files = await guestFiles(world, index);
    guests += files.length;
    for (const [compiler, tsc] of index % OLDER_SAMPLE === 0 ? COMPILERS : COMPILERS.slice(0, 1))
      problems.push(...(await errorsOf(compiler, tsc, files.map(checked), world.name)));
    problems.push(...(await unformatted(files)));
  }
  problems.push(...(await unformatted(hosts)));
  const rows = [
    ['worlds', number(worlds.length)],
    ['files for hosts, by both compilers', number(hosts.length)],
    [
      `files for guests, by TypeScript 7, and of one world in ${OLDER_SAMPLE} by TypeScript 5.9`,
      number(guests),
    ],
    ['errors of compilers, and files that prettier would change', number(problems.length)],
  ];
  const markdown = [
    ...markdownTable(['', 'number'], rows),
    ...problems.slice(0, 20).map((text) => `\n- ${text}`),
  ].join('\n');
  return { markdown, failed: problems.length > 0, data: { problems } };
}

async function hostFiles({ resolve, world }: PublishedWorld, index: number): Promise<readonly SourceText[]> {
  const options = HOST_OPTIONS[index % HOST_OPTIONS.length]!;
  const folder = (name: string, files: readonly SourceText[]): SourceText[] =>
    files.map(({ path, content }) => ({ path: `w${index}/${name}/${path}`, content }));
  const hasStub = options.staticModule === undefined;
  return [
    ...folder('default', await generate(resolve, world)),
    ...folder('default', [await generateStub(resolve, world, { bindings: '.' })]),
    ...folder('option', await generate(resolve, world, options)),
    ...(hasStub ? folder('option', [await generateStub(resolve, world, { ...options, bindings: '.' })]) : []),
  ];
}

async function guestFiles({ resolve, world }: PublishedWorld, index: number): Promise<readonly SourceText[]> {
  const options: GenerateOptions = { side: 'guest', ...(index % 2 === 0 ? {} : { layout: 'file' }) };
  return [
    ...(await generate(resolve, world, options)),
    await generateStub(resolve, world, { ...options, bindings: '.' }),
  ];
}

/** Takes away the line that keeps the compiler from checking declarations for guests. */
function checked({ path, content }: SourceText): SourceText {
  return { path, content: content.replace(/^\/\/ @ts-nocheck.*$/mu, '') };
}

async function errorsOf(
  compiler: string,
  tsc: string,
  files: readonly SourceText[],
  name: string,
): Promise<string[]> {
  const errors = await compileStrictly(files, { ...COMPILE_OPTIONS, tsc });
  return errors.map(({ path, line, message }) => `${compiler}, ${name}, ${path}:${line}: ${message}`);
}

async function unformatted(files: readonly SourceText[]): Promise<string[]> {
  const isFormatted = await Promise.all(files.map(({ content }) => check(content, { parser: 'typescript' })));
  return files.filter((_, index) => !isFormatted[index]).map(({ path }) => `prettier would change ${path}`);
}

function number(value: number): string {
  return value.toLocaleString('en');
}
