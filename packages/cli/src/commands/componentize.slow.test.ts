import { mkdir, readFile, readdir, symlink } from 'node:fs/promises';
import path from 'node:path';
import { peerPath, peersInstalled } from '@wit-ts/dev-peers';
import { root } from '@wit-ts/dev-support/workspace';
import { instantiate } from '@wit-ts/runtime';
import { expect, it } from 'vitest';
import { testDirectory } from '../fixtures/test-directory.ts';

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

const why = peersInstalled() ? '' : ' (skipped: packages/dev-peers/tools is not installed)';

it.skipIf(!peersInstalled())(
  `wit-ts componentize builds a component of TypeScript, which runs${why}`,
  async () => {
    const world = path.join(root, 'test-components/edge-handler/wit/world.wit');
    const here = await testDirectory({
      'wit/world.wit': await readFile(world, 'utf8'),
      'src/guest.ts': GUEST,
      'src/described.ts':
        'export const described = (text: string, isOpen: boolean): string => `ok: ${text} ${isOpen}`;\n',
    });
    await mkdir(path.join(here.path, 'node_modules/@bytecodealliance'), { recursive: true });
    const engine = '@bytecodealliance/componentize-js';
    await symlink(peerPath(engine), path.join(here.path, 'node_modules', engine));
    await symlink(
      path.join(root, 'node_modules/typescript'),
      path.join(here.path, 'node_modules/typescript'),
    );

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
