import { beforeAll, describe, expect, it } from 'vitest';
import { compilers, typeErrors, type Compiler } from './fixtures/type-check.ts';
import { sourcesOf } from './fixtures/typed-program.ts';
import { typedPrograms } from './fixtures/typed-programs.ts';

describe.each(Object.keys(compilers) as Compiler[])('%s with every strict option accepts', (compiler) => {
  let errors: readonly string[];

  // One program of many folders: a compiler takes longer to start than to check them.
  beforeAll(async () => {
    errors = await typeErrors(compiler, (await Promise.all(typedPrograms.map(sourcesOf))).flat());
  }, 120_000);

  it.each(typedPrograms.map(({ name }) => name))('%s', (name) => {
    const folder = `${name.replaceAll(/\W+/gu, '-')}/`;
    expect(errors.filter((error) => error.startsWith(folder))).toEqual([]);
  });

  it('everything else of these programs', () => {
    const folders = typedPrograms.map(({ name }) => `${name.replaceAll(/\W+/gu, '-')}/`);
    expect(errors.filter((error) => !folders.some((folder) => error.startsWith(folder)))).toEqual([]);
  });
});
