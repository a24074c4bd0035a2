import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { decode } from '@wit-ts/component';
import { compile, instantiate } from '@wit-ts/runtime';
import { afterAll, describe, expect, it } from 'vitest';
import { transpile, type TranspileOptions } from './index.ts';

const directory = await mkdtemp(join(tmpdir(), 'wit-ts-transpile-modules-'));
afterAll(() => rm(directory, { recursive: true }));

interface Instance {
  g(x: number): number | Promise<number>;
  readonly someModuleAgain: WebAssembly.Module;
}

const bytes = new Uint8Array(
  await readFile(new URL('../../../test-components/linking/built/wat.wasm', import.meta.url)),
);
const modules = await instantiate<
  Record<'answerModule' | 'calls' | 'callsMore' | 'callsOtherwise', WebAssembly.Module>
>(await compile(bytes));

/** Returns the component inside that imports a core module `some-module` and a function `f`. */
function moduleUser(): Uint8Array {
  for (const each of decode(bytes).definitions) {
    if (each.tag !== 'component') continue;
    const names = each.component.definitions.flatMap((inner) =>
      inner.tag === 'import' ? inner.name.name : [],
    );
    if (!names.includes('some-module')) continue;
    // The size of the section is a LEB128 number in front of the component.
    const { offset } = each.component;
    let start = offset - 1;
    while (bytes[start - 1]! >= 0x80) start -= 1;
    let size = 0;
    for (let at = start; at < offset; at += 1) size += (bytes[at]! & 0x7f) * 2 ** (7 * (at - start));
    return bytes.slice(offset, offset + size);
  }
  throw new Error('there is no such component');
}

describe.each<[string, TranspileOptions]>([
  ['printed', {}],
  ['with limits', { limits: { memoryBytes: 2 ** 20, fuel: 1000 } }],
  ['with a trace', { trace: true }],
  ['with tasks', { suspend: true }],
])('a static module that imports a core module (%s)', async (form, options) => {
  const written = { name: 'user', types: false, inlineBelow: Infinity, ...options };
  const file = join(directory, `${form.replaceAll(' ', '-')}.mjs`);
  await writeFile(file, (await transpile(moduleUser(), written))[0]!.content);
  const { instantiateSync } = (await import(pathToFileURL(file).href)) as {
    instantiateSync(imports: object): Instance;
  };
  const use = (someModule: unknown): Instance => instantiateSync({ someModule, f: (x: number) => x + 1 });

  it('instantiates it, and may export it again', async () => {
    const instance = use(modules.calls);
    expect(await instance.g(1)).toBe(2);
    expect(instance.someModuleAgain).toBe(modules.calls);
  });

  it('refuses what is no core module, or one of another type', () => {
    expect(() => use(5)).toThrow(
      'some-module: expected a WebAssembly.Module, got a value of the type number',
    );
    for (const module of [modules.answerModule, modules.callsMore])
      expect(() => use(module)).toThrow(
        'some-module: expected a WebAssembly.Module, got a core module of another type',
      );
  });

  it('refuses functions with other signatures', () => {
    expect(() => use(modules.callsOtherwise)).toThrow(WebAssembly.LinkError);
    // (module (func (export "g") (param i64) (result i32) i32.const 1))
    const exported = [
      0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 6, 1, 0x60, 1, 0x7e, 1, 0x7f, 3, 2, 1, 0, 7, 5, 1, 1, 0x67, 0, 0,
      0x0a, 6, 1, 4, 0, 0x41, 1, 0x0b,
    ];
    expect(() => use(new WebAssembly.Module(Uint8Array.from(exported)))).toThrow(
      'some-module: expected a core module of the imported type, got a core module of another type',
    );
  });
});
