import { compile, type Component, componentModules, instantiateSync } from '@wit-ts/runtime';
import { thrown } from '@wit-ts/dev-support/thrown';
import { describe, expect, it, vi } from 'vitest';
import type { Exports, LinkedModule } from '../fixtures/linked-module.ts';
import { linkingBytes, linkingPart, pricingBytes, shopBytes } from '../fixtures/linking-parts.ts';
import { moduleLoader } from '../fixtures/load-module.ts';
import { transpile, type TranspileOptions } from '../index.ts';

const load = await moduleLoader();
const plusOne = (x: number): number => x + 1;

describe.each<[string, TranspileOptions]>([
  ['in files', {}],
  ['in a minified text', { inlineBelow: Infinity, minify: true }],
])('a static module of a component that exports components, with its core modules %s', async (_, options) => {
  const linking = await load<LinkedModule & { readonly default: Exports; readonly twice: object }>(
    linkingBytes,
    options,
  );
  const all = linking.default;
  const { instantiateComponentSync: use } = linking;

  it('exports them, and instantiates them', async () => {
    expect(linking.twice).toBe(all['twice']);
    expect(use(all['successor'])['f'](1)).toBe(2);
    expect((await linking.instantiateComponent(all['captures']))['pair']()).toEqual([1, 2]);
  });

  it('gives them to each other', () => {
    expect(use(all['applies'], { someComponent: all['twice'], f: plusOne })['squared'](1)).toBe(5);
    const given = { function: all['withSuccessor'], argument: all['twice'] };
    const instance = use(all['thirdOrder'], given);
    expect(instance['g'](5)).toBe(7);
    expect(instance['argumentAgain']).toBe(all['twice']);
  });

  it('keeps what they use of the instance that exported them', () => {
    const given = { answers: all['answerModule'], someComponent: all['twice'] };
    const { made } = use(all['maker'], given)['all'];
    const instance = use(made, { f: plusOne });
    expect([instance['answer'](), instance['g'](3), use(instance['inner'])['answer']()]).toEqual([42, 5, 42]);
  });

  it('passes resources of the host and of components', () => {
    class Entry {
      readonly number: number;
      constructor(number: number) {
        this.number = number;
      }
      value(): number {
        return this.number;
      }
    }
    const deep = { outerPart: { innerPart: { Entry } } };
    const passing = use(all['passes'], { 'test:linking/deep': deep, user: all['logUser'] });
    expect([passing['one'](), passing['log'].Entry]).toEqual([4, Entry]);
    const { first, second } = use(all['twoCounters'], { counters: all['counters'] });
    expect(first.value(first.make(3))).toBe(3);
    expect(() => first.value(second.make(4))).toThrow(/argument counter/u);
  });

  it('takes components that are compiled while it runs', async () => {
    const part = await linking.compileComponent(linkingPart('grower'));
    const instance = use(all['applies'], { someComponent: part, f: plusOne });
    expect([instance['once'](1), instance['once'](1)]).toEqual([1, 2]);
    await expect(linking.compileComponent(Promise.resolve('text'))).rejects.toThrow(/expected a component/u);
    await expect(linking.compileComponent(linkingPart('twice').slice(0, 30))).rejects.toThrow(/at byte/u);
  });

  it('asks for compiled core modules on a platform that compiles none while it runs', async () => {
    const bytes = linkingPart('grower');
    const modules = componentModules(bytes).map((each) => new WebAssembly.Module(each as BufferSource));
    vi.spyOn(WebAssembly, 'compile').mockRejectedValue(
      new WebAssembly.CompileError('Wasm code generation disallowed by embedder'),
    );
    try {
      await expect(linking.compileComponent(bytes)).rejects.toThrow(
        /^this platform does not compile WebAssembly at run time: give `\{ bytes, modules \}`/u,
      );
      const part = await linking.compileComponent({ bytes, modules });
      expect(use(all['applies'], { someComponent: part, f: plusOne })['once'](1)).toBe(1);
    } finally {
      vi.restoreAllMocks();
    }
  });

  it('describes imports that are missing or have another type as the runtime does', async () => {
    const found = thrown(() => use(all['applies'], { someComponent: all['odd'] }));
    expect(found).toBeInstanceOf(linking.LinkError);
    const same = instantiateSync(await compile(linkingBytes));
    const expected = thrown(() => instantiateSync(same['applies'], { someComponent: same['odd'] }));
    expect(found.message).toBe(expected.message);
    expect(() => use('applies' as unknown as object)).toThrow(
      'expected a component that an instance of this module exports, or that its `compileComponent` returns',
    );
  });

  it('does not take components that another module or the runtime has compiled, and says what it takes', async () => {
    const other = await load<LinkedModule>(linkingPart('applies'));
    const grower = linkingPart('grower');
    for (const foreign of [await other.compileComponent(grower), await compile(grower)]) {
      expect(() => use(all['applies'], { someComponent: foreign, f: plusOne })).toThrow(
        /got a component of another static module or another copy of the runtime\n {4}give what its `toTransferable`/u,
      );
      const taken = await linking.compileComponent((foreign as Component).toTransferable());
      expect(use(all['applies'], { someComponent: taken, f: plusOne })['once'](1)).toBe(1);
    }
    expect(() => use(all['applies'], { someComponent: grower, f: plusOne })).toThrow(
      'or `compileComponent` of a static module',
    );
  });

  it('ends instances whose code traps, and names them', () => {
    const instance = use(
      all['applies'],
      {
        someComponent: all['twice'],
        f: () => {
          throw new RangeError('not today');
        },
      },
      { name: 'tenant' },
    );
    expect(() => instance['once'](1)).toThrow(linking.Trap);
    expect(() => instance['once'](1)).toThrow('(calling `once` of tenant › i)');
    expect(() => use(all['starts'], { f: () => 0 })).toThrow(/starting a core module of/u);
  });

  it('traces instances without being written for it', () => {
    const seen: string[] = [];
    const trace = ({ tag, boundary, name }: Record<string, string>): void =>
      void (tag === 'call' && seen.push(`${boundary} ${name}`));
    use(all['applies'], { someComponent: all['twice'], f: plusOne }, { trace })['once'](1);
    expect(seen).toEqual(['export once', 'import f', 'import f']);
  });
});

describe('a static module of a component that imports a component', async () => {
  const applies = linkingPart('applies');

  it('takes it from the host', async () => {
    const module = await load<LinkedModule>(applies);
    const someComponent = await module.compileComponent({ bytes: Promise.resolve(linkingPart('twice')) });
    expect((await module.instantiate({ someComponent, f: plusOne }))['once'](1)).toBe(3);
    const modules = await module.compile();
    expect(module.instantiateSync({ someComponent, f: plusOne }, { modules })['once'](1)).toBe(3);
    await expect(module.instantiate({ f: plusOne })).rejects.toThrow(
      'some-component: expected a component (import f: func(x: u32) -> u32; export g: func(x: u32) -> u32), got nothing',
    );
  });

  it('runs the tasks of both', async () => {
    const module = await load<LinkedModule>(shopBytes);
    const pricing = await module.compileComponent(pricingBytes);
    const shop = await module.instantiate({ pricing, stock: async (x: number) => x * 2 });
    expect(shop['total'](3, 2)).toBe(798);
    expect(await Promise.all([shop['available'](4), shop['available'](5)])).toEqual([8, 10]);
    expect(await shop['reserved'](9)).toBe(18);
  });

  it('takes some of several from the host, and has the others', async () => {
    const components = { someComponent: linkingPart('twice') };
    const module = await load<LinkedModule>(linkingPart('maker'), { components });
    const { answerModule: answers } = instantiateSync(await compile(linkingBytes));
    const { made } = module.instantiateSync({ answers })['all'];
    const instance = module.instantiateComponentSync(made, { f: plusOne });
    expect([instance['answer'](), instance['g'](3)]).toEqual([42, 5]);
    expect(() => module.instantiateSync()).toThrow('answers: expected a WebAssembly.Module, got nothing');
  });

  it('compares what the host gives with the type of the import, beside one that is given already', async () => {
    const components = { argument: linkingPart('twice') };
    const module = await load<LinkedModule>(linkingPart('third-order'), { components });
    const other = await module.compileComponent(linkingPart('wants-f'));
    expect(() => module.instantiateSync({ function: other })).toThrow(
      'import `some-component`: export `f`: it is missing',
    );
  });
});

describe('the text of such a module', async () => {
  it('has the code of its core modules once, and makes no code', async () => {
    const [module, ...others] = await transpile(linkingBytes, { types: false });
    expect(others.length).toBe((await compile(linkingBytes)).plan.modules.length);
    expect(module!.content).not.toMatch(/\b(?:new )?Function\(|\beval\(|\bawait import\(/u);
  });
});
