import { readFileSync } from 'node:fs';
import { readdir, stat, symlink } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { wasi } from '@wit-ts/wasi';
import { IMPORTING_COMPONENT, testDirectory, type TestDirectory } from '../fixtures/test-directory.ts';

const edgeHandler = readFileSync(
  new URL('../../../../test-components/edge-handler/built/wat.wasm', import.meta.url),
);

const [shop, pricing] = ['shop', 'pricing'].map((name) =>
  readFileSync(new URL(`../../../../test-components/linking/built/${name}.wasm`, import.meta.url)),
) as [Buffer, Buffer];

const handler = readFileSync(new URL('../../../../test-components/http-guest/built/c.wasm', import.meta.url));

/** Loads a module that was written. */
function load(here: TestDirectory, file: string): Promise<Record<string, unknown>> {
  return import(pathToFileURL(path.join(here.path, file)).href) as Promise<Record<string, unknown>>;
}

async function grantsIn(here: TestDirectory): Promise<unknown> {
  return JSON.parse(await here.read('out/grants.json')) as unknown;
}

describe('wit-ts transpile', () => {
  it('writes a module that runs, beside the component', async () => {
    const here = await testDirectory({ 'my app.wasm': edgeHandler, 'a.wasm': edgeHandler });
    const { code, out, err } = await here.run('transpile a.wasm');
    expect({ code, out }).toEqual({ code: 0, out: '' });
    expect(err).toContain('wrote transpiled/a.js (');
    expect(await readdir(path.join(here.path, 'transpiled'))).toEqual([
      'a.core.wasm',
      'a.core2.wasm',
      'a.core3.wasm',
      'a.d.ts',
      'a.interfaces',
      'a.js',
      'a.types.d.ts',
    ]);
    const { instantiate } = (await load(here, 'transpiled/a.js')) as {
      instantiate(imports: object): Promise<{ handleRequest(text: string): string }>;
    };
    const { handleRequest } = await instantiate({
      'example:service/processor': { processData: (text: string) => text.toUpperCase() },
    });
    expect(handleRequest('hi')).toBe('ok: HI');
    expect((await here.run('transpile a.wasm')).err).toBe('transpiled is up to date (7 files)\n');
  });

  it('names files for every system, also if the component has the name of a device of Windows', async () => {
    const here = await testDirectory({ 'nul.wasm': edgeHandler, 'console.wasm': edgeHandler });
    await here.run('transpile nul.wasm --js-only');
    await here.run('transpile console.wasm --js-only');
    const files = await readdir(path.join(here.path, 'transpiled'));
    expect(files).toEqual(expect.arrayContaining(['component.js', 'console.js']));
  });

  it.each([
    ['a module', edgeHandler, ''],
    ['a worker', handler, '--target workerd'],
  ])('writes nothing if no instance could start within the limits: %s', async (_kind, bytes, target) => {
    const here = await testDirectory({ 'a.wasm': bytes });
    const { code, err } = await here.run(`transpile a.wasm ${target} --max-memory 1`);
    expect(code).toBe(1);
    expect(err).toMatch(
      /^error: no instance of `a\.wasm` could start: .*\n {2}`--max-memory`: expected at most 1 bytes in all memories, got \d+ /u,
    );
    expect(await readdir(here.path)).toEqual(['a.wasm']);
  });

  it('writes no code for waiting if no function is named that waits', async () => {
    const here = await testDirectory({ 'a.wasm': edgeHandler });
    expect((await here.run('transpile a.wasm -o plain')).code).toBe(0);
    expect((await here.run('transpile a.wasm -o empty --suspend=')).code).toBe(0);
    expect(await here.read('empty/a.js')).toBe(await here.read('plain/a.js'));
  });

  it('maps imports to modules, and exports what the component exports', async () => {
    const here = await testDirectory({
      'a.wasm': edgeHandler,
      'out/processor.js': 'export const processData = (text) => `${text}!`;',
    });
    const run = await here.run(
      'transpile a.wasm -o out --name app --map example:service/*=./*.js --inline-below 1MiB --minify --json',
    );
    expect(run.err).toBe('');
    expect((JSON.parse(run.out) as { files: { path: string }[] }).files.map((file) => file.path)).toEqual([
      'app.js',
      'app.d.ts',
      'app.interfaces/example-service-processor.d.ts',
      'app.types.d.ts',
    ]);
    expect(await here.read('out/app.d.ts')).toContain(
      'export const handleRequest: RootExports["handleRequest"];',
    );
    const { handleRequest } = (await load(here, 'out/app.js')) as { handleRequest(text: string): string };
    expect(handleRequest('hi')).toBe('ok: hi!');
  });

  it('gives components for imports', async () => {
    const here = await testDirectory({ 'shop.wasm': shop, 'parts/pricing.wasm': pricing });
    const run = await here.run('transpile shop.wasm --component pricing=parts/pricing.wasm');
    expect(run.code).toBe(0);
    const { instantiate } = (await load(here, 'transpiled/shop.js')) as {
      instantiate(imports: object): Promise<{ total(product: number, count: number): number }>;
    };
    const { total } = await instantiate({ stock: () => 1 });
    expect(total(1, 3)).toBe(597);
    const other = await here.run('transpile shop.wasm -o other --component pricing=shop.wasm');
    expect(other.code).toBe(1);
    expect(other.err).toMatch(
      /^error: `shop\.wasm` cannot be linked: an import of the component is not satisfied:\n {2}pricing: expected a component \(/u,
    );
    expect(await readdir(here.path)).toEqual(['parts', 'shop.wasm', 'transpiled']);
  });

  it('writes a module under choices of the mapping', async () => {
    const here = await testDirectory({ 'a.wasm': edgeHandler });
    await here.run('transpile a.wasm --results value --casing wit');
    const { instantiate } = (await load(here, 'transpiled/a.js')) as {
      instantiate(imports: object): Promise<Record<string, (text: string) => string>>;
    };
    const exports = await instantiate({
      'example:service/processor': {
        'process-data': (val: string) => ({ tag: val === '' ? 'err' : 'ok', val }),
      },
    });
    expect(exports['handle-request']!('hi')).toBe('ok: hi');
    expect(exports['handle-request']!('')).toBe('err: ');
    expect(await here.read('transpiled/a.d.ts')).toContain('"handle-request"(req: string): string;');
    expect(await here.run('transpile a.wasm --flags number')).toMatchObject({
      code: 2,
      err: expect.stringContaining("--flags: expected 'object' or 'bigint', got \"number\""),
    });
  });

  it('prints a module that needs no other file', async () => {
    const here = await testDirectory();
    const { code, out } = await here.run('transpile - -o -', { stdin: edgeHandler });
    expect(code).toBe(0);
    expect(out).toContain('decodeBase64("');
    expect(await readdir(here.path)).toEqual([]);
  });

  it('writes a module of a WASI program, which runs with what is granted', async () => {
    const program = readFileSync(
      new URL('../../../../test-components/wasi-command/built/c.wasm', import.meta.url),
    );
    const here = await testDirectory({ 'c.wasm': program });
    await here.run('transpile c.wasm -o . --js-only');
    const { instantiate } = (await load(here, 'c.js')) as {
      instantiate(imports: object): Promise<{ run: { run(): void } }>;
    };
    const printed: string[] = [];
    const imports = wasi({
      args: ['c', 'one'],
      env: { GREETING: 'hi' },
      stdin: 'a line\n',
      clocks: true,
      random: true,
      stdout: (bytes: Uint8Array) => void printed.push(Buffer.from(bytes).toString()),
    });
    const { run } = await instantiate(imports);
    run.run();
    expect(printed.join('').split('\n').slice(0, 4)).toEqual([
      'argument 0: c',
      'argument 1: one',
      'GREETING: hi',
      'input: a line',
    ]);
  });

  it('overwrites and removes what it wrote, and nothing else', async () => {
    const here = await testDirectory({ 'a.wasm': edgeHandler });
    await here.run('transpile a.wasm -o out');
    await here.write({ 'out/a.core4.wasm': 'mine', 'out/a.core2.wasm': 'edited' });
    const changed = await here.run('transpile a.wasm -o out --inline-below 1MiB --js-only');
    expect(changed.code).toBe(0);
    expect(changed.err).toContain('removed out/a.core3.wasm\n');
    expect(changed.err).not.toContain('core2');
    expect((await here.run('transpile a.wasm -o out')).err).toMatch(
      /^error: `.*a\.core2\.wasm` was edited by hand or not written by this command, so nothing was written\nhelp: /u,
    );
    expect((await here.run('transpile a.wasm -o out --force')).code).toBe(0);
    const inlined = await here.run('transpile a.wasm -o out --inline-below 1MiB');
    expect(inlined.err).toContain('removed out/a.core2.wasm\n');
    expect(await here.read('out/a.core4.wasm')).toBe('mine');
    await here.write({ 'out/a.js': `${await here.read('out/a.js')}\nlet mine = 1;` });
    expect((await here.run('transpile a.wasm -o out')).code).toBe(1);
  });

  it('writes nothing through a link that leads out of the directory', async () => {
    const here = await testDirectory({ 'a.wasm': edgeHandler, 'out/x': '', 'elsewhere/x': '' });
    await symlink(path.join(here.path, 'elsewhere'), path.join(here.path, 'out/a.interfaces'));
    const { code, err } = await here.run('transpile a.wasm -o out');
    expect(code).toBe(3);
    expect(err).toContain('it is outside the output directory');
    await expect(stat(path.join(here.path, 'out/a.js'))).rejects.toThrow('ENOENT');
  });

  describe('for workerd, of a component that handles requests', () => {
    const transpile = 'transpile app.wasm --target workerd -o out';

    it('writes a worker with what the flags grant', async () => {
      const here = await testDirectory({ 'app.wasm': handler, 'pages/b.txt': 'two', 'pages/a/x': 'one' });
      const flags =
        '--http https://a.example --env A=1=2 --env KEY --dir ./pages::/pages:ro --deny exit,stdin --seed 7';
      const { code, err } = await here.run(`${transpile} ${flags}`);
      expect(err).toContain('wrote out/worker.js (');
      expect(code).toBe(0);
      expect(await grantsIn(here)).toEqual({
        args: ['app.wasm'],
        clocks: true,
        random: { seed: '7' },
        stdout: true,
        stderr: true,
        env: { A: '1=2' },
        bindings: ['KEY'],
        http: ['https://a.example'],
        dirs: [{ guest: '/pages', files: { a: { x: [0, 3] }, 'b.txt': [3, 3] } }],
      });
      expect(await here.read('out/files.bin')).toBe('onetwo');
      expect(await here.read('out/workerd.capnp')).toContain('fromEnvironment = "KEY"');
    });

    it('takes the grants of a file in place of the defaults, and adds those of flags', async () => {
      const here = await testDirectory({
        'app.wasm': handler,
        'grants.json': '{ "http": ["https://a.example"], "instances": "pool" }',
      });
      expect((await here.run(`${transpile} --grants grants.json --http https://b.example`)).code).toBe(0);
      expect(await grantsIn(here)).toEqual({
        http: ['https://a.example', 'https://b.example'],
        instances: 'pool',
      });
    });

    it('writes again what it wrote, and never the configuration of wrangler', async () => {
      const here = await testDirectory({ 'app.wasm': handler, 'pages/a': '' });
      await here.run(`${transpile} --dir pages:ro`);
      await here.write({ 'out/wrangler.jsonc': '{ "main": "worker.js" }' });
      const again = await here.run(transpile);
      expect(again.err).toContain('removed out/files.bin\n');
      expect(again.err).not.toContain('wrangler');
      expect(await here.read('out/wrangler.jsonc')).toBe('{ "main": "worker.js" }');
      await here.write({ 'out/grants.json': '{}' });
      const refused = await here.run(transpile);
      expect(refused.code).toBe(1);
      expect(refused.err).toContain('out/grants.json` was edited by hand');
      expect(await here.read('out/grants.json')).toBe('{}');
    });

    it('writes a worker with limits, which change its core modules', async () => {
      const here = await testDirectory({ 'app.wasm': handler });
      expect((await here.run(`${transpile} --fuel 1000 --max-memory 1MiB`)).code).toBe(0);
      expect(await here.read('out/worker.js')).toMatch(/fuel: \(\) => new Fuel\(1e3\)|new Fuel\(1000\)/u);
      const limited = await here.read('out/app.core.wasm');
      await here.run(transpile);
      expect(await here.read('out/app.core.wasm')).not.toBe(limited);
    });

    it('writes a module with --no-worker', async () => {
      const here = await testDirectory({ 'app.wasm': handler });
      await here.run(`${transpile} --no-worker --js-only`);
      expect(await readdir(path.join(here.path, 'out'))).toContain('app.js');
    });

    it.each([
      ['--dir pages', 2, '--dir pages: a worker can only read its files'],
      ['--dir links:ro', 3, 'is a symbolic link, which a worker cannot have'],
      ['--dir missing:ro', 3, 'cannot read `'],
      ['--http example.org', 2, 'grants.http[0]'],
      ['--env =x', 2, '--env =x: the name is missing'],
      ['--deny file', 2, '--deny: `file` is unknown'],
      ['--map a=b', 2, '`--map` is for modules, and a component that handles requests becomes a worker'],
      ['--lazy', 2, '`--lazy` is for modules'],
      ['--grants none.json', 3, 'cannot read `none.json`: it does not exist'],
      ['--grants bad.json', 3, 'cannot read `bad.json`'],
      ['--grants wrong.json', 2, 'grants: "htp" is unknown'],
      [
        '--grants pools.json',
        2,
        'grants.instances: expected `request` or `pool`, got "pools" (`pools.json`)',
      ],
      ['--grants late.json', 2, 'grants.limits.milliseconds: expected a number above 0'],
      ['--name ../x', 2, '--name ../x: not a name for files'],
      ['--grants wrong.json --deny exit', 2, '`--deny` takes away defaults'],
      ['--no-worker --http https://a.example', 2, '`--http` is for workers, and this writes a module'],
    ])('%s: exits with %i', async (flags, code, message) => {
      const here = await testDirectory({
        'app.wasm': handler,
        'pages/a': '',
        'links/a': '',
        'bad.json': '{',
        'wrong.json': '{ "htp": [] }',
        'pools.json': '{ "instances": "pools" }',
        'late.json': '{ "limits": { "milliseconds": 0 } }',
      });
      await symlink('/etc/passwd', path.join(here.path, 'links/b'));
      const run = await here.run(`${transpile} ${flags}`);
      expect(run.err).toContain('error: ');
      expect(run.err).toContain(message);
      expect(run.code).toBe(code);
      await expect(stat(path.join(here.path, 'out'))).rejects.toThrow('ENOENT');
    });

    it('grants nothing to a component that handles no requests', async () => {
      const here = await testDirectory({ 'app.wasm': edgeHandler });
      const { code, err } = await here.run(`${transpile} --env A=1`);
      expect(err).toContain('`--env` is for workers, and the component handles no HTTP requests');
      expect(code).toBe(2);
    });
  });

  it.each([
    ['transpile a.wasm --target workrd', 2, '--target: there is no target "workrd"; did you mean `workerd`?'],
    ['transpile a.wasm --name ../x', 2, '--name ../x: not a name for files'],
    ['transpile a.wasm --name AUX', 2, '--name AUX: not a name for files'],
    ['transpile a.wasm --map f', 2, '--map f: not the name of an import and a module'],
    ['transpile a.wasm --map g=./g.js', 2, '--map: the component does not import `g`; it imports `f`'],
    ['transpile a.wasm --component f', 2, '--component f: not the name of an import and a component'],
    [
      'transpile a.wasm --component p=-',
      2,
      '--component p=-: only the component itself can be standard input',
    ],
    ['transpile a.wasm --component p=b.wasm', 3, 'cannot read `b.wasm`: it does not exist'],
    [
      'transpile a.wasm --component p=a.wasm',
      2,
      '--component: the component does not import a component `p`; it imports none',
    ],
    ['transpile a.wasm --suspend g', 2, '--suspend: the component imports no function "g"'],
    ['transpile a.wasm --inline-below x', 2, '--inline-below x: not a size'],
    ['transpile a.wasm --target workerd -o -', 2, '`-o -` prints one module'],
    ['transpile b.wasm', 3, 'cannot read `b.wasm`: it does not exist'],
    ['transpile c.wasm', 3, '`c.wasm` is not a component'],
  ])('%s: exits with %i', async (command, code, message) => {
    const here = await testDirectory({ 'a.wasm': IMPORTING_COMPONENT, 'c.wasm': 'text' });
    const run = await here.run(command);
    expect(run.err).toContain(`error: ${message}`);
    expect(run.code).toBe(code);
  });
});
