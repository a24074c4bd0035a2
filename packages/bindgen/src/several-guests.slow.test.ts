import { beforeAll, describe, expect, it } from 'vitest';
import { guestPrograms } from './fixtures/guest-programs.ts';
import { compilers, typeErrors, type Compiler } from './fixtures/type-check.ts';
import { sourcesOf } from './fixtures/typed-program.ts';

describe.each(Object.keys(compilers) as Compiler[])('%s accepts in one program', (compiler) => {
  let errors: readonly string[];

  beforeAll(async () => {
    const files = (await Promise.all(guestPrograms.map(sourcesOf))).flat();
    errors = await typeErrors(compiler, files, { asUsersDo: true });
  }, 120_000);

  it.each(guestPrograms.map(({ name }) => name))('%s', (name) => {
    const folder = `${name.replaceAll(/\W+/gu, '-')}/`;
    expect(errors.filter((error) => error.startsWith(folder))).toEqual([]);
  });

  it('all of these together', () => {
    expect(errors).toEqual([]);
  });
});
