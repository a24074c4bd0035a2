import { loadText } from '@wit-ts/wit/node';
import { contractOf } from '@wit-ts/model';
import { instantiateWorld } from '@wit-ts/runtime/codegen/v1';
import type { LinkError } from '@wit-ts/runtime';
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { testDirectory } from '../fixtures/test-directory.ts';

const COMPONENTS = new URL('../../../../test-components/', import.meta.url);

const WORLDS: readonly (readonly [component: string, difference: string, wit: string])[] = [
  [
    'edge-handler/built/rust.wasm',
    'an interface of another package',
    'world w { import example:other/processor; }',
  ],
  ['edge-handler/built/rust.wasm', 'an export that is missing', 'world w { export f: func(); }'],
  [
    'edge-handler/built/rust.wasm',
    'a misspelt export',
    'world w { export handle-reqest: func(req: string) -> string; }',
  ],
  [
    'edge-handler/built/rust.wasm',
    'a number of another width',
    'world w { export handle-request: func(req: u8) -> string; }',
  ],
  [
    'edge-handler/built/rust.wasm',
    'a function that is async',
    'world w { export handle-request: async func(req: string) -> string; }',
  ],
  [
    'database-connector/built/rust.wasm',
    'another name of a parameter',
    'world w { export execute-query: func(query: string) -> string; }',
  ],
];

const PACKAGES = 'package example:other { interface processor { f: func(); } }\n';

describe('a component that does not fit the bindings', () => {
  it.each(WORLDS)('is refused with the help of `wit-ts check`: %s, %s', async (component, _, wit) => {
    const text = `package t:t;\n${PACKAGES}${wit}\n`;
    const here = await testDirectory({ 'w.wit': text });
    const file = new URL(component, COMPONENTS);
    const { out } = await here.run(`check ${file.pathname} --wit w.wit --json`);
    const { reasons } = JSON.parse(out) as { reasons: { help: string }[] };
    expect(reasons.length).toBeGreaterThan(0);

    const world = (await loadText('w.wit', text)).package!.worlds.get('w')!;
    const error: LinkError = await instantiateWorld(contractOf(world), await readFile(file), {}).then(
      () => expect.unreachable(),
      (thrown) => thrown,
    );
    expect(error.name).toBe('LinkError');
    const helps = error.problems.map(({ help }) => help);
    expect(helps.toSorted()).toEqual(reasons.map(({ help }) => help).toSorted());
    for (const help of helps) expect(error.message).toContain(help);
  });
});
