import { mkdir, readFile, readdir, symlink } from 'node:fs/promises';
import path from 'node:path';
import { enginePackages, peerPath, peersInstalled } from '@wit-ts/dev-peers';
import { root } from '@wit-ts/dev-support/workspace';
import { instantiate } from '@wit-ts/runtime';
import { expect, it } from 'vitest';
import { testDirectory, type TestDirectory } from '../fixtures/test-directory.ts';

const GUEST = `import { processData } from 'example:service/processor';
import { described } from './described.ts';

export function handleRequest(request: string): string {
  using call = { [Symbol.dispose]: () => console.log('called') };
  try {
    return described(processData(request, { id: BigInt(request.length), tags: [request] }), call !== undefined);
  } catch (error) {
    return \`err: \${String((error as { payload: unknown }).payload)}\`;
  }
}
`;

const QUICK_WORLD = `package docs:quick@0.1.0;

interface log {
  write: func(message: string) -> result<_, string>;
}

world quick {
  import log;
  export greet: func(name: string) -> result<string, string>;
  export later: async func(names: list<string>) -> string;
  export counted: async func(to: u32) -> stream<u32>;
}
`;

const QUICK_GUEST = `import { write } from 'docs:quick/log@0.1.0';
import type { QuickExports } from 'docs:quick/quick@0.1.0';
import { text } from './text.ts';

export const greet: QuickExports['greet'] = (name) => {
  write(name);
  return text(name);
};
export const later: QuickExports['later'] = async (names) => {
  await Promise.resolve();
  return names.map(text).join();
};
export const counted: QuickExports['counted'] = async (to) =>
  (async function* () {
    for (let at = 0; at < to; at++) yield at;
  })();
`;

interface QuickExports {
  greet(name: string): string;
  later(names: readonly string[]): Promise<string>;
  counted(to: number): Promise<AsyncIterable<Uint32Array>>;
}

/** A project with TypeScript and an engine. */
async function project(
  engine: string,
  folder: string,
  files: Readonly<Record<string, string>>,
): Promise<TestDirectory> {
  const here = await testDirectory(files);
  const modules = path.join(here.path, 'node_modules');
  await mkdir(path.dirname(path.join(modules, engine)), { recursive: true });
  await symlink(folder, path.join(modules, engine));
  await symlink(path.join(root, 'node_modules/typescript'), path.join(modules, 'typescript'));
  return here;
}

const STARLING = '@bytecodealliance/componentize-js';
const without = peersInstalled() ? '' : ' (skipped: packages/dev-peers/tools is not installed)';

it.skipIf(without !== '')(
  `wit-ts componentize builds a component of TypeScript, which runs${without}`,
  async () => {
    const world = path.join(root, 'test-components/edge-handler/wit/world.wit');
    const here = await project(STARLING, peerPath(STARLING), {
      'wit/world.wit': await readFile(world, 'utf8'),
      'src/guest.ts': GUEST,
      'src/described.ts':
        'export const described = (text: string, isOpen: boolean): string => `ok: ${text} ${isOpen}`;\n',
    });

    const { code, err } = await here.run('componentize src/guest.ts --wit wit');
    expect(err).toMatch(/^wrote src\/guest\.wasm \(\d+ bytes\)\n$/u);
    expect(code).toBe(0);
    expect(await readdir(path.join(here.path, 'src'))).toEqual(['described.ts', 'guest.ts', 'guest.wasm']);

    const { handleRequest } = await instantiate<{ handleRequest(request: string): string }>(
      await readFile(path.join(here.path, 'src/guest.wasm')),
      {
        'example:service/processor': {
          processData(text: string, { id }: { readonly id: bigint }): string {
            if (text === '') throw Object.assign(new Error('empty'), { payload: 'empty' });
            return `${text.toUpperCase()} ${id}`;
          },
        },
      },
    );
    expect(handleRequest('hello')).toBe('ok: HELLO 5 true');
    expect(handleRequest('')).toBe('err: empty');
    expect((await here.run('check src/guest.wasm --wit wit')).code).toBe(0);
  },
  120_000,
);

const QUICKJS = 'componentize-qjs';
const withoutQuick = await enginePackages.install().then(
  () => '',
  () => ' (skipped: packages/dev-peers/engines cannot be installed)',
);

it.skipIf(withoutQuick !== '')(
  `wit-ts componentize --backend quickjs builds a component with asynchronous functions, which runs${withoutQuick}`,
  async () => {
    const here = await project(QUICKJS, enginePackages.path(QUICKJS), {
      'wit/world.wit': QUICK_WORLD,
      'guest.ts': QUICK_GUEST,
      'text.ts': 'export const text = (name: string): string => `Hello, ${name}`;\n',
    });
    const { code, err } = await here.run('componentize guest.ts --wit wit --backend quickjs -o app.wasm');
    expect(err).toMatch(/^wrote app\.wasm \(\d+ bytes\)\n$/u);
    expect(code).toBe(0);

    const written: string[] = [];
    const log = {
      write(message: string): void {
        if (message === '') throw Object.assign(new Error('refused'), { payload: 'no name' });
        written.push(message);
      },
    };
    const { greet, later, counted } = await instantiate<QuickExports>(
      await readFile(path.join(here.path, 'app.wasm')),
      { 'docs:quick/log@0.1.0': log },
    );
    expect(greet('Ada')).toBe('Hello, Ada');
    expect(() => greet('')).toThrow(expect.objectContaining({ payload: 'no name' }));
    expect(written).toEqual(['Ada']);
    expect(await later(['Ada', 'Bob'])).toBe('Hello, Ada,Hello, Bob');
    const numbers: number[] = [];
    for await (const chunk of await counted(3)) numbers.push(...chunk);
    expect(numbers).toEqual([0, 1, 2]);
  },
  60_000,
);
