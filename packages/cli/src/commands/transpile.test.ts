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

/** Loads a module that was written. */
function load(here: TestDirectory, file: string): Promise<Record<string, unknown>> {
  return import(pathToFileURL(path.join(here.path, file)).href) as Promise<Record<string, unknown>>;
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

  it.each([
    ['transpile a.wasm --target workrd', 2, '--target: there is no target "workrd"; did you mean `workerd`?'],
    ['transpile a.wasm --name ../x', 2, '--name ../x: not a name for files'],
    ['transpile a.wasm --map f', 2, '--map f: not the name of an import and a module'],
    ['transpile a.wasm --map g=./g.js', 2, '--map: the component does not import `g`; it imports `f`'],
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
