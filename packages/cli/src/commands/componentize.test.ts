import { mkdir, readdir, symlink } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '@wit-ts/dev-support/workspace';
import { testDirectory, type TestDirectory } from '../fixtures/test-directory.ts';

const WORLD = `package docs:greeter@0.1.0;

interface log {
  write: func(message: string) -> result<_, string>;
}

world greeter {
  import log;
  export greet: func(name: string) -> result<string, string>;
}
`;

const GUEST = `import { write } from 'docs:greeter/log@0.1.0';
import type { GreeterExports } from 'docs:greeter/greeter@0.1.0';

export const greet: GreeterExports['greet'] = (name) => {
  write(name);
  return \`Hello, \${name}\`;
};
`;

const COMMAND = 'componentize guest.ts --wit wit';

/** A project with TypeScript, and with no engine. */
async function project(files: Record<string, string> = {}): Promise<TestDirectory> {
  const here = await testDirectory({ 'wit/world.wit': WORLD, 'guest.ts': GUEST, ...files });
  await mkdir(path.join(here.path, 'node_modules'), { recursive: true });
  await symlink(path.join(root, 'node_modules/typescript'), path.join(here.path, 'node_modules/typescript'));
  return here;
}

describe('wit-ts componentize', () => {
  it('says how to install the engine, by the package manager of the project', async () => {
    const here = await project({ 'pnpm-lock.yaml': '' });
    const { code, err } = await here.run(COMMAND);
    expect(err).toContain(
      '`@bytecodealliance/componentize-js`, which builds components of JavaScript, is not installed',
    );
    expect(err).toContain('help: install it: pnpm add --save-dev @bytecodealliance/componentize-js@');
    expect(code).toBe(3);
    const quick = await here.run(`${COMMAND} --backend quickjs`);
    expect(quick.err).toContain('help: install it: pnpm add --save-dev componentize-qjs@');
    expect(quick.err).not.toContain('64-bit');
  });

  it('says that QuickJS has other 64-bit integers than the types of a guest', async () => {
    const here = await project({ 'wit/world.wit': WORLD.replace('name: string)', 'name: option<u64>)') });
    const { err } = await here.run(`${COMMAND} --backend quickjs --no-types`);
    expect(err).toContain('note: this engine has numbers for 64-bit integers');
    expect((await here.run(`${COMMAND} --no-types`)).err).not.toContain('64-bit');
  });

  it('shows errors of types in the guest and in what it imports, with their positions', async () => {
    const here = await project({
      'guest.ts':
        GUEST.replace('write(name)', 'write(5)').replace('`Hello, ${name}`', 'text(name)') +
        `import { text } from './text.ts';\n`,
      'text.ts': 'export const text = (name: string): string => name.lenght;\n',
    });
    const { code, err } = await here.run(`${COMMAND} --lines`);
    expect(err.trim().split('\n').sort()).toEqual([
      "guest.ts:5:9: error[TS2345]: Argument of type 'number' is not assignable to parameter of type 'string'.",
      "text.ts:1:52: error[TS2551]: Property 'lenght' does not exist on type 'string'. Did you mean 'length'?",
    ]);
    expect(code).toBe(1);
    const shown = await here.run(COMMAND);
    expect(shown.err).toContain(' --> guest.ts:5:9\n');
    const json = JSON.parse((await here.run(`${COMMAND} --json`)).out) as { diagnostics: { code: string }[] };
    expect(json.diagnostics.map((each) => each.code)).toContain('TS2345');
  });

  it('shows paths as they are below a symbolic link', async () => {
    const here = await project({ 'guest.ts': 'export const meet = 5;\nconst wrong: string = meet;\n' });
    const outer = await testDirectory();
    await symlink(here.path, path.join(outer.path, 'link'));
    const { err } = await outer.run('componentize link/guest.ts --wit link/wit --lines');
    expect(err).toContain('guest.ts:2:7: error[TS2322]');
    expect(err).toContain('error[TS2741]: the guest does not export what its world needs');
    expect(err).not.toContain('guard.ts');
  });

  it('refuses a guest that does not export what its world needs', async () => {
    const here = await project({ 'guest.ts': 'export const meet = (name: string): string => name;\n' });
    const { code, err } = await here.run(COMMAND);
    expect(err).toContain(
      "error[TS2741]: the guest does not export what its world needs: Property 'greet' is missing",
    );
    expect(code).toBe(1);
  });

  it('uses the options of the project, and leaves nothing in it', async () => {
    const unused = 'const unused = 1;\n';
    const here = await project({ 'guest.ts': GUEST + unused });
    expect((await here.run(COMMAND)).err).toContain('is not installed');
    await here.write({
      'tsconfig.json':
        '{ "compilerOptions": { "noUnusedLocals": true, "module": "esnext", "outDir": "dist", "composite": true } }',
    });
    expect((await here.run(COMMAND)).err).toContain('error[TS6133]');
    expect(await readdir(here.path)).toEqual(['guest.ts', 'node_modules', 'tsconfig.json', 'wit']);
    expect(await readdir(path.join(here.path, 'node_modules/.cache'))).toEqual([]);
  });

  it('notes that types are not checked if the project has no TypeScript', async () => {
    const here = await testDirectory({ 'wit/world.wit': WORLD, 'guest.ts': GUEST });
    const { err } = await here.run(COMMAND);
    expect(err).toContain(
      'note: the types of `guest.ts` are not checked, because TypeScript is not installed here: npm install --save-dev typescript\n',
    );
  });

  it.each([
    [
      `import { readFile } from 'node:fs';\nexport { readFile };`,
      'cannot find `node:fs`',
      'no modules of Node',
    ],
    [
      `import { x } from './missing.ts';\nexport { x };`,
      'error[import-not-found]: ',
      "'./missing.ts' in guest.js\n --> guest.js:1:19",
    ],
    [
      `import { x } from 'docs:greeter/lag@0.1.0';\nexport { x };`,
      'cannot find `docs:greeter/lag@0.1.0`',
      '`docs:greeter/log@0.1.0`',
    ],
    ['export const greet = (name => name;', 'error[syntax]', ' --> guest.js:1:'],
  ])('refuses what cannot be bundled: %s', async (text, message, help) => {
    const here = await testDirectory({ 'wit/world.wit': WORLD, 'guest.js': text });
    const { code, err } = await here.run('componentize guest.js --wit wit');
    expect(err).toContain(message);
    expect(err).toContain(help);
    expect(code).toBe(1);
  });

  it.each([
    ['componentize guest.ts', 2, '--wit'],
    ['componentize - --wit wit', 2, 'cannot be read from standard input'],
    ['componentize guest.d.ts --wit wit', 2, 'is not a guest in TypeScript or JavaScript'],
    ['componentize app.wasm --wit wit', 2, 'is not a guest in TypeScript or JavaScript'],
    ['componentize none.ts --wit wit', 3, 'cannot read `none.ts`: it does not exist'],
    [`${COMMAND} --backend v8`, 2, '--backend v8: there is no such engine'],
    [`${COMMAND} -w other`, 2, 'other'],
    [`${COMMAND} --async-exports meet`, 2, 'meet'],
    [`${COMMAND} -o -`, 2, '`-o` needs the path of a file'],
    [`${COMMAND} -o notes.txt`, 1, 'notes.txt` exists and is not a WebAssembly file'],
    [`${COMMAND} -o wit`, 1, 'wit` exists and is not a WebAssembly file'],
  ])('%s: exits with %i', async (command, code, message) => {
    const here = await testDirectory({
      'wit/world.wit': WORLD,
      'guest.ts': GUEST,
      'guest.d.ts': '',
      'app.wasm': '',
      'notes.txt': 'mine',
    });
    const run = await here.run(command);
    expect(run.err).toContain(message);
    expect(run.code).toBe(code);
    expect(await here.read('notes.txt')).toBe('mine');
  });
});
