import { compile, instantiate } from '@wit-ts/runtime';
import { describe, expect, it } from 'vitest';
import { linkingBytes, linkingPart } from './fixtures/linking-parts.ts';
import { moduleLoader } from './fixtures/load-module.ts';
import type { TranspileOptions } from './index.ts';

const load = await moduleLoader();

interface Instance {
  g(x: number): number | Promise<number>;
  readonly someModuleAgain: WebAssembly.Module;
}

const modules = await instantiate<
  Record<'answerModule' | 'calls' | 'callsMore' | 'callsOtherwise', WebAssembly.Module>
>(await compile(linkingBytes));

describe.each<[string, TranspileOptions]>([
  ['printed', {}],
  ['with limits', { limits: { memoryBytes: 2 ** 20, fuel: 1000 } }],
  ['with a trace', { trace: true }],
  ['with tasks', { suspend: true }],
])('a static module that imports a core module (%s)', async (_, options) => {
  const { instantiateSync } = await load<{ instantiateSync(imports: object): Instance }>(
    linkingPart('module-user'),
    options,
  );
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
