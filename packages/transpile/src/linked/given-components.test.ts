import { DecodeError } from '@wit-ts/component';
import { describe, expect, it } from 'vitest';
import { linkingBytes, linkingPart, pricingBytes, shopBytes } from '../fixtures/linking-parts.ts';
import { moduleLoader } from '../fixtures/load-module.ts';
import { transpile, type TranspileOptions, transpileWorker } from '../index.ts';

type Exports = Readonly<Record<string, (...args: unknown[]) => unknown>>;

interface StaticModule {
  instantiate(imports?: object, options?: object): Promise<Exports>;
  instantiateSync(imports?: object, options?: object): Exports;
}

const load = await moduleLoader();
const plusOne = (x: number): number => x + 1;
const [applies, twice, grower, odd] = ['applies', 'twice', 'grower', 'odd'].map(linkingPart) as [
  Uint8Array,
  Uint8Array,
  Uint8Array,
  Uint8Array,
];

describe('a component that is given when the module is written', () => {
  it.each(['some-component', 'someComponent'])('is a part of it, under the name %s', async (name) => {
    const module = await load<StaticModule>(applies, { components: { [name]: twice } });
    expect(Object.keys(module)).not.toContain('compileComponent');
    const instance = module.instantiateSync({ f: plusOne });
    expect([instance['once']!(1), instance['squared']!(1)]).toEqual([3, 5]);
    const other = await module.instantiate({ f: plusOne });
    expect(other['once']!(5)).toBe(7);
  });

  it('may be all that the component imports', async () => {
    const counters = await load<{
      readonly first: { make(x: number): object; value(counter: object): number };
      readonly second: { value(counter: object): number };
    }>(linkingPart('two-counters'), { components: { counters: linkingPart('counters') } });
    const counter = counters.first.make(3);
    expect(counters.first.value(counter)).toBe(3);
    expect(() => counters.second.value(counter)).toThrow(/argument counter/u);
  });

  it.each<[string, TranspileOptions, unknown]>([
    ['limits', { limits: { memoryBytes: 4 * 65_536 } }, [1, 1, 2 ** 32 - 1]],
    ['fuel', { limits: { fuel: 1000 } }, [1, 1, 2]],
    ['a trace', { trace: true }, [1, 1, 2]],
    ['stacks that wait', { suspend: true }, [1, 1, 2]],
  ])('shares %s', async (_, options, expected) => {
    const module = await load<StaticModule>(applies, { components: { someComponent: grower }, ...options });
    const { once, squared } = module.instantiateSync({ f: async (x: number) => x });
    expect([await once!(1), await squared!(1), await once!(1)]).toEqual(expected);
  });

  it('may have tasks', async () => {
    const module = await load<StaticModule>(shopBytes, { components: { pricing: pricingBytes } });
    const { total, available, reserved } = await module.instantiate({ stock: async (x: number) => x * 2 });
    expect([total!(3, 2), await available!(4), await reserved!(9)]).toEqual([798, 8, 18]);
  });

  it('is named like an import of the map inside an imported instance', async () => {
    const kit = { Id: WebAssembly.Table, read: () => 5, answers: undefined, inner: { f: plusOne } };
    const names = [
      'test:linking/kit@1.2.0#inner#some-component',
      'test:linking/kit#inner#someComponent',
    ] as const;
    for (const name of names) {
      const { instantiateSync } = await load<StaticModule>(linkingPart('nested'), {
        components: { [name]: twice },
      });
      expect(() => instantiateSync({ 'test:linking/kit': kit })).toThrow(
        'an import of the component is not satisfied:\n  test:linking/kit@1.2.0 › answers: ' +
          'expected a WebAssembly.Module, got nothing',
      );
    }
  });
});

describe('a component that does not fit', () => {
  it('is refused with the message of the runtime', async () => {
    await expect(transpile(applies, { components: { someComponent: odd } })).rejects.toThrow(
      'an import of the component is not satisfied:\n' +
        '  some-component: expected a component (import f: func(x: u32) -> u32; export g: func(x: u32) -> u32), ' +
        'got a component (import f: func(x: u32) -> string; import h: func(); export g: func(y: u64) -> u32)\n' +
        '    import `f`: result: expected string, found u32; import `h`: no argument is given for it; ' +
        'export `g`: expected a parameter `x`, found `y`; export `g`: parameter `x`: expected u32, found u64',
    );
  });

  it('is refused for an import that does not exist', async () => {
    await expect(transpile(applies, { components: { f: twice } })).rejects.toThrow(
      '`components`: the component does not import a component `f`; it imports `some-component`',
    );
    await expect(transpile(linkingPart('twice'), { components: { part: twice } })).rejects.toThrow(
      '`components`: the component does not import a component `part`; it imports none',
    );
  });

  it('is refused for a worker, as components are that a worker would have to give', async () => {
    await expect(transpileWorker(shopBytes)).rejects.toThrow(
      'the component imports or exports components, which a worker cannot do',
    );
    await expect(transpileWorker(shopBytes, { components: { pricing: odd } })).rejects.toThrow(
      'pricing: expected a component',
    );
    await expect(transpileWorker(shopBytes, { components: { pricing: pricingBytes } })).rejects.toThrow(
      'the component exports neither `wasi:http/incoming-handler`',
    );
  });

  it('is not imported from a module that the map names, which could not export it', async () => {
    await expect(transpile(applies, { map: { 'some-component': './part.js' } })).rejects.toThrow(
      '`map`: `some-component` is a component, which no module can export: give its bytes as `components`',
    );
    const [{ content } = { content: '' }] = await transpile(applies, { map: { '*': './all.js' } });
    expect(content).toContain('import { f } from "./all.js";');
  });

  it('is refused in a list, which has no names', async () => {
    for (const list of [null, new Map([['someComponent', twice]]), [twice], twice]) {
      const components = list as unknown as Readonly<Record<string, Uint8Array>>;
      await expect(transpile(applies, { components })).rejects.toThrow(
        "`components`: expected an object: { 'some-part': bytes }",
      );
    }
  });

  it('is refused if it is no component', async () => {
    const components = { someComponent: 'twice.wasm' as unknown as Uint8Array };
    await expect(transpile(applies, { components })).rejects.toThrow(
      '`components`: `someComponent` needs the bytes of a component, as Uint8Array',
    );
    await expect(
      transpile(applies, { components: { someComponent: linkingBytes.slice(0, 20) } }),
    ).rejects.toThrow(DecodeError);
  });
});
