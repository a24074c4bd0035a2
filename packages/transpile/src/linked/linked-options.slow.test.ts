import { componentModules } from '@wit-ts/runtime';
import { describe, expect, it } from 'vitest';
import type { LinkedModule } from '../fixtures/linked-module.ts';
import { linkingBytes, linkingPart, pricingBytes, shopBytes } from '../fixtures/linking-parts.ts';
import { moduleLoader } from '../fixtures/load-module.ts';
import { transpile } from '../index.ts';

const load = await moduleLoader();
const plusOne = (x: number): number => x + 1;
const lazy = { eager: false } as const;

describe('a static module that links components', async () => {
  const applies = linkingPart('applies');

  it('imports functions of a map', async () => {
    const someFile = 'data:text/javascript,export const f = (x) => x + x';
    const module = await load<LinkedModule>(applies, { map: { f: someFile } });
    const someComponent = await module.compileComponent(linkingPart('twice'));
    expect(module.instantiateSync({ someComponent })['once'](1)).toBe(4);
    expect(module.instantiateSync({ someComponent, f: plusOne })['once'](1)).toBe(3);
  });

  it('waits for functions of the host', async () => {
    const module = await load<LinkedModule>(applies, { suspend: true });
    const someComponent = await module.compileComponent(linkingPart('twice'));
    const instance = module.instantiateSync({ someComponent, f: async (x: number) => x + 1 });
    expect(await instance['squared'](1)).toBe(5);
  });

  it('needs compiled core modules where they are fetched, to make an instance without a promise', async () => {
    const module = await load<LinkedModule>(shopBytes, { target: 'browser' });
    const given = { pricing: await module.compileComponent(pricingBytes), stock: plusOne };
    expect(() => module.instantiateSync(given)).toThrow('`instantiateSync` needs the option `modules`');
    const modules = componentModules(shopBytes).map((each) => new WebAssembly.Module(each as BufferSource));
    expect(() => module.instantiateSync(given, { modules: [...modules, ...modules] })).toThrow(
      'the component has 1 core modules, and 2 were given',
    );
    expect(module.instantiateSync(given, { modules })['total'](1, 3)).toBe(597);
  });

  it('refuses options that it does not have', async () => {
    const module = await load<LinkedModule>(applies);
    const someComponent = await module.compileComponent(linkingPart('twice'));
    for (const options of [{ engine: 'compile' }, { mapping: {} }, { suspend: true }])
      expect(() => module.instantiateSync({ someComponent, f: plusOne }, options)).toThrow(
        'this module has no such option',
      );
    expect(() => module.instantiateSync({ someComponent, f: plusOne }, { fule: 5 })).toThrow(
      'options.fule: unknown option',
    );
  });

  it('has the names of its mapping', async () => {
    const module = await load<LinkedModule>(linkingBytes, { ...lazy, mapping: { casing: 'wit' } });
    const all = await module.instantiate();
    expect(Object.keys(all)).toContain('two-counters');
  });

  it('has no code for tasks if no component may have any', async () => {
    // (module (func (export "answer") (result i64) i64.const 7))
    const wasm = '0061736d010000000105016000017e03020100070a0106616e7377657200000a0601040042070b';
    const answers = new WebAssembly.Module(
      Uint8Array.from(wasm.match(/../gu)!, (byte) => parseInt(byte, 16)),
    );
    const module = await load<LinkedModule>(linkingPart('other-maker'), { inlineBelow: Infinity });
    const { made } = module.instantiateSync({ answers });
    expect(module.instantiateComponentSync(made)).toEqual({});
    await expect(module.compileComponent(pricingBytes)).rejects.toThrow(
      'the component has tasks, streams or futures, and this module was written without the code for them',
    );
    await expect(module.instantiateComponent(made, {}, { suspend: true })).rejects.toThrow(
      '`suspend`: this module has no such option',
    );
    const [small, large] = await Promise.all([
      transpile(linkingPart('other-maker'), { types: false }),
      transpile(linkingPart('other-maker'), { types: false, suspend: true }),
    ]);
    expect(small[0]!.content.length).toBeLessThan(large[0]!.content.length * 0.75);
  });
});

describe('limits of a static module that links components', async () => {
  const limits = { memoryBytes: 4 * 65_536, fuel: 1_000_000 };

  it('are shared by all components of an instance', async () => {
    const module = await load<LinkedModule>(linkingPart('applies'), { limits });
    const someComponent = await module.compileComponent(linkingPart('grower'));
    const { once, squared } = module.instantiateSync({ someComponent, f: plusOne });
    const grown = [once(1), squared(1), once(1), squared(1)];
    expect(grown).toEqual([1, 1, 2 ** 32 - 1, 2 ** 32 - 1]);
    const fuel = new module.Fuel(100);
    const own = await module.instantiate({ someComponent, f: plusOne }, { limits: { fuel } });
    own['once'](0);
    expect(fuel.used).toBeGreaterThan(0);
  });

  it('bind exported components, too', async () => {
    const module = await load<LinkedModule>(linkingBytes, { ...lazy, limits });
    const { applies, grower, answerModule } = module.instantiateSync();
    const { once } = module.instantiateComponentSync(applies, { someComponent: grower, f: plusOne });
    expect([once(2), once(1)]).toEqual([1, 2 ** 32 - 1]);
    // What an instance exports is not rewritten for its limits.
    const { exports } = new WebAssembly.Instance(answerModule);
    expect((exports['grow'] as (pages: number) => number)(100)).toBe(1);
  });

  it('are refused for workerd if the component exports core modules', async () => {
    await expect(transpile(linkingBytes, { limits, target: 'workerd' })).rejects.toThrow(
      '`limits`: the component exports core modules',
    );
    expect(await transpile(linkingPart('applies'), { limits, target: 'workerd' })).not.toEqual([]);
  });

  it('are refused if the module was written without them', async () => {
    const module = await load<LinkedModule>(linkingBytes, lazy);
    expect(() => module.instantiateSync({}, { limits: { memoryBytes: 1 } })).toThrow(
      '`limits`: this module has no such option; give `limits` and `trace` to `transpile`, too',
    );
    const limited = await load<LinkedModule>(linkingBytes, { ...lazy, limits: { handles: 5 } });
    await expect(limited.instantiate({}, { limits: { fuel: 1 } })).rejects.toThrow(
      'limits: the core modules were not rewritten for fuel: give it to `transpile`, too',
    );
  });
});
