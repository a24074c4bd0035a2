import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { env } from 'node:process';
import { load } from '@wit-ts/wit/node';
import * as prettier from 'prettier';
import { describe, expect, it } from 'vitest';
import { fixtureNames, fixturePath, goldenFiles } from './fixtures/fixture-files.ts';
import { generate, type GeneratedFile } from './index.ts';

/** Everything that is generated for a fixture: beside its WIT for hosts, in `guest/` for guests. */
async function generated(name: string): Promise<GeneratedFile[]> {
  const { resolve, diagnostics } = await load(join(fixturePath(name), `${name}.wit`));
  expect(diagnostics).toEqual([]);
  const options = { source: `${name}.wit` };
  const host = await generate(resolve, name, options);
  const guest = await generate(resolve, name, { ...options, side: 'guest' });
  return [...host, ...guest.map((file) => ({ ...file, path: `guest/${file.path}` }))];
}

/** `BLESS=1` writes what is generated now; read the difference before it is committed. */
function bless(name: string, files: readonly GeneratedFile[]): void {
  for (const { path } of goldenFiles(name)) rmSync(join(fixturePath(name), path));
  for (const { path, content } of files) {
    mkdirSync(dirname(join(fixturePath(name), path)), { recursive: true });
    writeFileSync(join(fixturePath(name), path), content);
  }
}

describe.each(fixtureNames())('%s', (name) => {
  it('is generated as its golden files say', async () => {
    const files = await generated(name);
    if (env['BLESS'] === '1') bless(name, files);
    const expected = Object.fromEntries(goldenFiles(name).map(({ path, content }) => [path, content]));
    expect(Object.fromEntries(files.map(({ path, content }) => [path, content]))).toEqual(expected);
  });

  it('is generated the same each time', async () => {
    expect(await generated(name)).toEqual(await generated(name));
  });

  it('is formatted as prettier does by default', async () => {
    for (const { path, content } of goldenFiles(name)) {
      expect(await prettier.check(content, { filepath: path }), path).toBe(true);
    }
  });
});
