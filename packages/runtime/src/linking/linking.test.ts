import { thrown } from '@wit-ts/dev-support/thrown';
import { describe, expect, it, vi } from 'vitest';
import { built } from '../fixtures/components.ts';
import { linkingExports } from '../fixtures/linking.ts';
import { bytesOf } from '../fixtures/linking-bytes.ts';
import {
  compile,
  Component,
  componentModules,
  instantiate,
  instantiateSync,
  LinkError,
  type TraceEvent,
  Trap,
} from '../index.ts';

const plusOne = (x: number): number => x + 1;
const notToday = (): never => {
  throw new RangeError('not today');
};
const engines = ['compile', 'reference'] as const;

describe.each(engines)('a component that imports a component (%s)', async (engine) => {
  const { twice, grower, applies, nested, withSuccessor, thirdOrder, successor, answerModule } =
    await linkingExports({
      engine,
    });

  it('receives the component when it is instantiated', async () => {
    const component = await compile(bytesOf('applies'), { engine });
    const given = await compile(bytesOf('twice'), { engine });
    const instance = await instantiate(component, { 'some-component': given, f: plusOne });
    expect([instance['once'](1), instance['squared'](1)]).toEqual([3, 5]);
  });

  it('accepts any component of the right type, under its name in WIT or in JavaScript', () => {
    const one = instantiateSync(applies!, { 'some-component': twice, f: plusOne });
    const other = instantiateSync(applies!, { someComponent: grower, f: plusOne });
    expect([one['once'](1), other['once'](1), other['once'](1), other['squared'](3)]).toEqual([3, 1, 2, 1]);
  });

  it('finds the component inside imported instances, with types, resources and core modules', () => {
    class Id {
      readonly number = 5;
    }
    const kit = {
      Id,
      read: (id: Id) => id.number,
      answers: answerModule,
      inner: { someComponent: twice, f: plusOne },
    };
    for (const key of ['test:linking/kit', 'test:linking/kit@1.3.0']) {
      const instance = instantiateSync(nested!, { [key]: kit });
      expect([instance['g'](1), instance['answer'](), instance['kit'].read(new Id())]).toEqual([3, 42, 5]);
      expect(instance['kit'].inner.someComponent).toBe(twice);
      expect(instance['kit'].answers).toBe(answerModule);
    }
  });

  it('may pass on its own components, and components that it received', () => {
    expect(instantiateSync(withSuccessor!, { someComponent: twice })['g'](1)).toBe(3);
    const instance = instantiateSync(thirdOrder!, { function: withSuccessor, argument: twice });
    expect(instance['g'](1)).toBe(3);
    expect(instance['argumentAgain']).toBe(twice);
  });

  it('creates instances of the component that share nothing', async () => {
    const { counters, twoCounters } = await linkingExports({ engine });
    const { first, second } = instantiateSync(twoCounters!, { counters });
    expect([first.value(first.make(3)), second.value(second.make(4))]).toEqual([3, 4]);
    expect(() => first.value(second.make(4))).toThrow(/argument counter/u);
  });

  it('refuses a component of another type', () => {
    expect(() => instantiateSync(applies!, { someComponent: successor, f: plusOne })).toThrow(LinkError);
  });
});

describe('an argument of the wrong type', async () => {
  const { applies, odd, twice, withSuccessor, thirdOrder, nested, wantsF, someOfCaptures, captures } =
    await linkingExports();

  it('is reported in terms of WIT, with all other problems, before anything runs', () => {
    const error = thrown(() => instantiateSync(applies!, { someComponent: odd }));
    expect(error).toBeInstanceOf(LinkError);
    expect(error.message.split('\n')).toEqual([
      '2 imports of the component are not satisfied:',
      '  f: expected a function (func(x: u32) -> u32), got nothing',
      '  some-component: expected a component (import f: func(x: u32) -> u32; export g: func(x: u32) -> u32), ' +
        'got a component (import f: func(x: u32) -> string; import h: func(); export g: func(y: u64) -> u32)',
      '    import `f`: result: expected string, found u32; import `h`: no argument is given for it; ' +
        'export `g`: expected a parameter `x`, found `y`; export `g`: parameter `x`: expected u32, found u64',
    ]);
  });

  it('may be missing or not a component', async () => {
    const [nothing, bytes] = [undefined, bytesOf('twice')].map(
      (given) => thrown(() => instantiateSync(applies!, { someComponent: given, f: plusOne })).message,
    );
    const expected = 'expected a component (import f: func(x: u32) -> u32; export g: func(x: u32) -> u32)';
    expect(nothing).toContain(
      `${expected}, got nothing\n    give a compiled component: what \`compile\` returns, or \`compileComponent\``,
    );
    expect(bytes).toContain(`${expected}, got an object`);
    await expect(instantiate(bytesOf('applies'))).rejects.toThrow('2 imports of the component');
  });

  it('may be a component that needs a component', () => {
    const given = { function: twice, argument: withSuccessor };
    const { problems } = thrown(() => instantiateSync(thirdOrder!, given)) as LinkError;
    expect(problems.map(({ path, help }) => [...path, help])).toEqual([
      ['function', 'import `f`: no argument is given for it'],
      ['argument', 'import `some-component`: no argument is given for it'],
    ]);
  });

  it('may be inside an imported instance', () => {
    const Id = WebAssembly.Table;
    const kit = { Id, inner: { someComponent: odd, f: plusOne }, read: () => 1, answers: undefined };
    const { problems } = thrown(() =>
      instantiateSync(nested!, { 'test:linking/kit@1.2.0': kit }),
    ) as LinkError;
    expect(problems.map(({ path }) => path.join(' › '))).toEqual([
      'test:linking/kit@1.2.0 › answers',
      'test:linking/kit@1.2.0 › inner › some-component',
    ]);
  });

  it('is not a component that exports more than the import needs', () => {
    for (const given of [captures, someOfCaptures])
      expect(instantiateSync(wantsF!, { someComponent: given })['f'](2)).toBe(3);
  });
});

describe('a component that is exported', async () => {
  const all = await linkingExports();

  it('is the same `Component` for all instances', async () => {
    expect(all['successor']).toBeInstanceOf(Component);
    const component = await compile(await built('linking'));
    const [one, other] = [instantiateSync(component), instantiateSync(component)];
    expect(one['captures']).toBe(other['captures']);
    expect((await instantiate(one['successor']))['f'](1)).toBe(2);
  });

  it('uses core modules, components and types of the enclosing component', () => {
    const instance = instantiateSync(all['captures']!);
    expect([instance['answer'](), instance['pair'](), instance['f'](4)]).toEqual([42, [1, 2], 5]);
  });

  it('keeps the arguments of the instance that exported it', async () => {
    const maker = await compile(bytesOf('maker'));
    const given = { answers: all.answerModule, someComponent: all['twice'] };
    const { made } = instantiateSync(maker, given)['all'];
    const instance = instantiateSync(made, { f: plusOne });
    expect([instance['answer'](), instance['g'](3)]).toEqual([42, 5]);
    expect(instantiateSync(instance['inner'])['answer']()).toBe(42);
    const wat = '0061736d010000000105016000017f03020100070a0106616e7377657200000a0601040041070b';
    const answers = new WebAssembly.Module(Uint8Array.from(wat.match(/../gu)!, (byte) => parseInt(byte, 16)));
    const other = instantiateSync(maker, { ...given, answers })['all'].made;
    expect(instantiateSync(other, { f: plusOne })['answer']()).toBe(7);
    expect(instantiateSync(instance['inner'])['answer']()).toBe(42);
    expect(instantiateSync(instantiateSync(other, { f: plusOne })['inner'])['answer']()).toBe(7);
  });

  it('may be passed to a component, and still uses its enclosing component', () => {
    const given = { function: all['withSuccessor'], argument: all['twice'] };
    expect(instantiateSync(all['thirdOrder']!, given)['g'](5)).toBe(7);
  });
});

describe('core modules', () => {
  it('are not compiled again when their component is passed to another one', async () => {
    const { applies, twice } = await linkingExports();
    const compiling = vi.spyOn(WebAssembly, 'compile');
    const making = vi.spyOn(WebAssembly, 'Module');
    try {
      const given = { someComponent: twice, f: plusOne };
      expect((await instantiate(applies!, given))['once'](1)).toBe(3);
      const before = making.mock.calls.length;
      expect(instantiateSync(applies!, given)['once'](1)).toBe(3);
      expect([compiling.mock.calls.length, making.mock.calls.length - before]).toEqual([0, 0]);
    } finally {
      compiling.mockRestore();
      making.mockRestore();
    }
  });

  it('may all be compiled elsewhere', async () => {
    const bytes = await built('linking');
    const modules = componentModules(bytes).map((each) => new WebAssembly.Module(each as BufferSource));
    const { applies, twice, captures } = instantiateSync(await compile({ bytes, modules }));
    expect(instantiateSync(applies, { someComponent: twice, f: plusOne })['once'](1)).toBe(3);
    expect(instantiateSync(captures)['answer']()).toBe(42);
  });

  it('share the limits of the component that receives them', async () => {
    const [applies, grower] = [await compile(bytesOf('applies')), await compile(bytesOf('grower'))];
    const given = { someComponent: grower, f: plusOne };
    // Two memories of a page each, which may grow by two pages together.
    const limits = { memoryBytes: 4 * 65_536 };
    expect(() => instantiateSync(applies, given, { limits })).toThrow(/not compiled for these limits yet/u);
    const strict = await instantiate(applies, given, { limits });
    const grown = [strict['once'](1), strict['squared'](1), strict['once'](1), strict['squared'](1)];
    expect(grown).toEqual([1, 1, 2 ** 32 - 1, 2 ** 32 - 1]);
    expect(instantiateSync(applies, given, { limits })['once'](3)).toBe(2 ** 32 - 1);
    expect(instantiateSync(applies, given)['once'](3)).toBe(1);
    await expect(instantiate(applies, given, { limits: { memoryBytes: 1 } })).rejects.toThrow(
      /exceeds its limits from the start/u,
    );
  });
});

describe('a plan for given components', () => {
  it('is made once', async () => {
    const { applies, twice, grower } = await linkingExports();
    const linked = (someComponent: unknown) => applies!.linking!.linked({ someComponent, f: plusOne });
    expect(linked(twice)).toBe(linked(twice));
    expect(linked(grower)).not.toBe(linked(twice));
  });
});

describe('an imported instance that the root exports again', () => {
  class Entry {
    readonly number: number;
    constructor(number: number) {
      this.number = number;
    }
    value(): number {
      return this.number;
    }
  }

  it('calls the functions of the host, as two nested components that share it do', async () => {
    const { shares } = await linkingExports();
    let count = 0;
    const log = { Entry, next: () => (count += 1) };
    const instance = instantiateSync(shares!, { 'test:linking/log': log });
    expect([instance['one'](), instance['other'](), instance['next'](), instance['log'].next()]).toEqual([
      1, 2, 3, 4,
    ]);
    expect(new instance['log'].Entry(3).value()).toBe(3);
    expect(instance['valueOfEntry'](instance['makeEntry'](5))).toBe(5);
  });
});

describe('a host resource deep in an imported instance', () => {
  it('is passed to imported components, too', async () => {
    let disposed = 0;
    class Entry {
      readonly number: number;
      constructor(number: number) {
        this.number = number;
      }
      value(): number {
        return this.number;
      }
      [Symbol.dispose](): void {
        disposed += 1;
      }
    }
    const { passes, logUser } = await linkingExports();
    const deep = { outerPart: { innerPart: { Entry } } };
    const instance = instantiateSync(passes!, { 'test:linking/deep': deep, user: logUser });
    expect([instance['one'](), instance['other'](), disposed]).toEqual([4, 4, 2]);
    expect(instance['log'].Entry).toBe(Entry);
    expect(instance['deep'].outerPart.innerPart.Entry).toBe(Entry);
    const { problems } = thrown(() =>
      instantiateSync(passes!, { 'test:linking/deep': { outerPart: {} }, user: logUser }),
    ) as LinkError;
    expect(problems.map(({ path }) => path.join(' › '))).toEqual([
      'test:linking/deep › outer-part › inner-part › [constructor]entry',
      'test:linking/deep › outer-part › inner-part › [method]entry.value',
    ]);
  });
});

describe('a trace', () => {
  it('includes the host functions that a given component calls', async () => {
    const { applies, twice } = await linkingExports();
    const seen: string[] = [];
    const trace = ({ tag, boundary, name }: TraceEvent) =>
      void (tag === 'call' && seen.push(`${boundary} ${name}`));
    const instance = instantiateSync(applies!, { someComponent: twice, f: plusOne }, { trace });
    expect(instance['once'](1)).toBe(3);
    expect(seen).toEqual(['export once', 'import f', 'import f']);
  });
});

describe('a trap of a given component', () => {
  it('names the path of instances to it', async () => {
    const { applies, twice } = await linkingExports();
    const instance = instantiateSync(applies!, { someComponent: twice, f: notToday }, { name: 'tenant' });
    const trap = thrown(() => instance['once'](1));
    expect(trap).toBeInstanceOf(Trap);
    expect(trap.message).toContain("f: the host's function threw: not today");
    expect(thrown(() => instance['once'](1)).message).toContain('(calling `once` of tenant › i)');
  });
});
