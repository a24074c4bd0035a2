import { readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { testDirectory } from '../fixtures/test-directory.ts';

function component(name: string): Uint8Array {
  return readFileSync(new URL(`../../../../test-components/${name}.wasm`, import.meta.url));
}

const FILES = {
  'a.wasm': component('edge-handler/built/wat'),
  'handler.wasm': component('http-guest/built/c'),
  'program.wasm': component('hello-env/built/rust'),
  'w.wit': 'package a:b;\ninterface i { f: func(); }\nworld w { import i; }\n',
  'one/a': '',
  'two/a': '',
};
const worker = 'transpile handler.wasm --target workerd';
const excludes = (first: string, second: string): string =>
  `\`${first}\` and \`${second}\` exclude each other`;
const forHosts = (flag: string): string => `\`${flag}\` is for hosts, and \`--guest\` generates for a guest`;

describe('flags of which one would have no effect', () => {
  it.each([
    ['transpile a.wasm --target node --target workerd', excludes('--target node', '--target workerd')],
    ['wit w.wit -w a --world=b', excludes('--world a', '--world b')],
    ['gen w.wit --out=a -o b', excludes('--out a', '--out b')],
    ['fmt w.wit --color --check --no-color', excludes('--color', '--no-color')],
    ['componentize g.ts --wit a --wit b', excludes('--wit a', '--wit b')],
    ['serve handler.wasm --addr a:1 --addr a:2', excludes('--addr a:1', '--addr a:2')],
    ['transpile a.wasm --no-worker', '`--no-worker` is for `--target workerd`'],
    ['transpile a.wasm -o - --inline-below 1', 'leave out `--inline-below`'],
    ['transpile a.wasm -o - --force', '`-o -` writes no file: leave out `--force`'],
    ['transpile a.wasm --target workerd --inline-below 1', '`--inline-below` has no effect for workerd'],
    ['transpile a.wasm --map a=./b.js --map a=./c.js', '--map a=./c.js: `a` is mapped to `./b.js` already'],
    [`${worker} --js-only`, '`--js-only` is for modules'],
    [`${worker} --dir one::/d:ro --dir two:://d/:ro`, '--dir: another directory has the path "/d" already'],
    [`${worker} --env A=1 --env A`, '--env A: the variable has another value already'],
    [`${worker} --seed 1 --deny random`, '`--deny random` takes them away'],
    ['run program.wasm --dir one::/d --dir two::/d/', '--dir: another directory has the path "/d" already'],
    ['run program.wasm --env A=1 --env A=2', '--env A: the variable has another value already'],
    ['run program.wasm --seed 1 --deny clocks,random', '`--deny random` takes them away'],
    ['run program.wasm --net a:1 --inherit-network', '--inherit-network'],
    ['serve handler.wasm --http https://a --inherit-network', '--inherit-network'],
    ['serve handler.wasm --listen a:1 --inherit-network', '--inherit-network'],
    ['gen w.wit --guest --import-extension .ts', forHosts('--import-extension')],
    ['gen w.wit --guest --types-only', forHosts('--types-only')],
    ['gen w.wit --guest --instantiate-sync', forHosts('--instantiate-sync')],
    ['gen w.wit --guest --no-contract', forHosts('--no-contract')],
    ['gen w.wit --check --force', '`--check`'],
    ['gen w.wit -o - --force', '`-o -` writes no file'],
    ['gen w.wit --map a:b/i=x --map a:b/i=y', '`--map a:b/i=y`: `a:b/i` is mapped to `x` already'],
    ['wit w.wit --out-dir out --check --force', '`--check`'],
    ['diff w.wit w.wit --markdown --json', '`--json`'],
    ['diff w.wit w.wit --markdown --lines', '`--lines`'],
    ['check a.wasm --world w', '`--world` is for the WIT of a check'],
    ['check a.wasm --features a', '`--features` is for the WIT of a check'],
    ['check a.wasm --all-features', '`--all-features` is for the WIT of a check'],
  ])('are refused as wrong usage, and nothing is written: %s', async (line, message) => {
    const here = await testDirectory(FILES);
    const before = await readdir(here.path);
    const { code, out, err } = await here.run(line);
    expect(code).toBe(2);
    expect(out + err).toContain(line.includes('--json') ? JSON.stringify(message).slice(1, -1) : message);
    expect(await readdir(here.path)).toEqual(before);
  });

  it('are accepted if both say the same', async () => {
    const here = await testDirectory(FILES);
    const same = [
      'run program.wasm --env A=1 --env A=1 --timeout 60 --timeout=60 -q -q',
      'gen w.wit -o a --out a --features x --features y --map a:b/i=x --map a:b/i=x',
      `${worker} --env A=1 --inherit-env --target workerd`,
    ];
    for (const line of same) expect(await here.run(line)).toMatchObject({ code: 0 });
  });
});
