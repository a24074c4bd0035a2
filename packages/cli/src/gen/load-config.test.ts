import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { testDirectory } from '../fixtures/test-directory.ts';

const WIT = 'package a:b;\nworld one { import f: func(); }\nworld two { export f: func(); }\n';
const OTHER = 'package c:d;\nworld three { import g: func(); }\n';

const CONFIG = `import type { Config } from 'wit-ts/config';
export default {
  gen: [
    { path: 'wit', allWorlds: true, out: 'src/generated' },
    { path: 'other.wit', out: 'src/generated', guest: true },
    { path: 'other.wit', importExtension: '.ts' },
  ],
} satisfies Config;
`;

async function listed(directory: string): Promise<string[]> {
  return (await readdir(directory)).filter((name) => name.endsWith('.ts')).sort();
}

function config(worlds: readonly string[]): string {
  return JSON.stringify({ gen: [{ path: 'wit', world: worlds, out: 'out' }] });
}

describe('wit-ts gen with a config file', () => {
  it('generates everything that it names, each time from the same place', async () => {
    const here = await testDirectory({ 'wit/w.wit': WIT, 'other.wit': OTHER, 'wit-ts.config.ts': CONFIG });
    expect(await here.run('gen')).toMatchObject({ code: 0, err: expect.stringContaining('wrote') });
    expect(await listed(path.join(here.path, 'src/generated'))).toEqual(['one.ts', 'three.d.ts', 'two.ts']);
    expect(await listed(path.join(here.path, 'generated'))).toEqual(['three.ts']);
    expect(await here.run('gen --check')).toMatchObject({ code: 0, out: '' });
    const json = await here.run('gen --check --json');
    expect(JSON.parse(json.out).outputs).toHaveLength(2);
    await here.write({ 'elsewhere/x': '' });
    expect(await here.run('gen --check --config ./wit-ts.config.ts')).toMatchObject({ code: 0 });
    await here.write({ 'other.wit': OTHER.replace('g:', 'h:') });
    expect(await here.run('gen --check')).toMatchObject({
      code: 1,
      out: 'out of date: src/generated/three.d.ts\nout of date: generated/three.ts\n',
    });
  });

  it('removes the files of a world that it names no more, and keeps those of the command line', async () => {
    const here = await testDirectory({ 'wit/w.wit': WIT, 'other.wit': OTHER });
    await here.write({ 'wit-ts.config.json': config(['one', 'two']) });
    await here.run('gen other.wit -o out');
    expect(await here.run('gen')).toMatchObject({ code: 0 });
    await here.write({ 'wit-ts.config.json': config(['two']) });
    expect(await here.run('gen -q')).toEqual({ code: 0, out: '', err: 'removed out/one.ts\n' });
    expect(await listed(path.join(here.path, 'out'))).toEqual(['three.ts', 'two.ts']);
  });

  it.each([
    ['export default 1;', '`default` in `wit-ts.config.mjs` has to be an object'],
    ["export default [{ path: 'w' }];", '`default` in `wit-ts.config.mjs` has to be an object'],
    ['export default { gen: {} };', '`gen` in `wit-ts.config.mjs` has to be an array'],
    ['export default { gen: [{}] };', '`gen[0].path` in `wit-ts.config.mjs` has to be a string'],
    [
      "export default { gen: [{ path: 'w', out: '' }] };",
      '`gen[0].out` in `wit-ts.config.mjs` has to be the path of a directory; `.` is that of the config file',
    ],
    [
      "export default { gen: [{ path: 'w', out: '-' }] };",
      '`gen[0].out` in `wit-ts.config.mjs` has to be the path of a directory',
    ],
    [
      "export default { gen: [{ path: '' }] };",
      '`gen[0].path` in `wit-ts.config.mjs` has to be a string that is not empty',
    ],
    ['export default { gen: [{ path: 1 }] };', '`gen[0].path` in `wit-ts.config.mjs` has to be a string'],
    ["export default { gen: [{ path: 'w', asyncExports: 1 }] };", 'a boolean or an array of strings'],
    [
      "export default { gen: [{ path: 'w', asyncImports: ['f'], guest: true }] };",
      '`gen[0]` in `wit-ts.config.mjs`: `--async-imports` is for hosts',
    ],
    ["export default { gen: [{ path: 'w', world: [1] }] };", '`gen[0].world`'],
    [
      "export default { gen: [{ path: 'w', toString: 1 }] };",
      'unknown key `toString`\nhelp: the keys are `path`, `world`',
    ],
    ['export default { gen: [], generate: 1 };', 'unknown key `generate`\nhelp: the only key is `gen`'],
    [
      "export default { gen: [{ path: 'w' }, { path: 'w', allWorlds: true, world: 'x' }] };",
      '`gen[1]` in `wit-ts.config.mjs`: `--world` and `--all-worlds` exclude each other',
    ],
  ])('refuses %s', async (text, message) => {
    const here = await testDirectory({ 'wit-ts.config.mjs': text });
    expect(await here.run('gen')).toMatchObject({ code: 2, err: expect.stringContaining(message) });
  });

  it.each(['[]', 'null', '"gen"'])('refuses JSON that is no object: %s', async (text) => {
    const here = await testDirectory({ 'wit-ts.config.json': text });
    const err = expect.stringContaining('`wit-ts.config.json` has to contain an object: the config');
    expect(await here.run('gen')).toMatchObject({ code: 2, err });
  });

  it.each([
    ['wit-ts.config.mjs', 'throw new Error("no");', 'no'],
    ['wit-ts.config.json', '{ "gen": ', 'JSON'],
  ])('ends with 3 if %s cannot be loaded', async (name, text, message) => {
    const here = await testDirectory({ [name]: text });
    const { code, err } = await here.run('gen');
    expect(code).toBe(3);
    expect(err).toContain(`${name}\`: `);
    expect(err).toContain(message);
  });

  it('refuses options that belong to a path', async () => {
    const here = await testDirectory({ 'wit-ts.config.json': '{ "gen": [] }' });
    for (const option of [
      '-w x',
      '--all-worlds',
      '-o out',
      '--guest',
      '--guest --async-exports',
      '--import-extension .ts',
      '--features x',
    ])
      expect(await here.run(`gen ${option}`)).toMatchObject({
        code: 2,
        err: expect.stringContaining('needs a path'),
      });
    expect(await here.run('gen x.wit --config wit-ts.config.json')).toMatchObject({ code: 2 });
  });

  it('asks for a path if there is no config file', async () => {
    const here = await testDirectory();
    expect(await here.run('gen')).toMatchObject({
      code: 2,
      err: expect.stringContaining('wit-ts.config.ts'),
    });
    expect(await here.run('gen --config x.json')).toMatchObject({
      code: 3,
      err: expect.stringContaining('x.json'),
    });
  });
});
