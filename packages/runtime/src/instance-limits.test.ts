import { coreModule, coreName, concatenate, section, unsigned } from '@wit-ts/component/module-writer';
import { limitModule } from '@wit-ts/component/limits';
import { afterEach, describe, expect, it } from 'vitest';
import {
  type ComponentNode,
  PAGE,
  treeBytes,
  treeFunctions,
  treeTotals,
} from './fixtures/component-trees.ts';
import { compile, instantiate, instantiateSync, LinkError, Trap } from './index.ts';

type Functions = Record<string, (by: number) => number>;

const FULL = 2 ** 32 - 1;

/** Two component instances inside a third, each with two core instances: eight memories and tables. */
const tree: ComponentNode = {
  instances: 1,
  modules: [],
  children: [{ instances: 2, children: [], modules: [{ instances: 2, memories: [1, 2], tables: [3, 4] }] }],
};

/** Returns a function body: its locals and code, with their size. */
function body(...code: number[]): number[] {
  return [code.length, ...code];
}

/** Returns a component with a core module that is instantiated many times. */
function many(instances: number, module: object): ComponentNode {
  return { instances: 1, children: [], modules: [{ instances, memories: [], tables: [], ...module }] };
}

/** Returns the functions of an instance that grow memories, tables, or the number of handles. */
async function grown(limits: object, node = tree): Promise<Record<string, ((by: number) => number)[]>> {
  const exports = await instantiate<Functions>(treeBytes(node), {}, { limits });
  const groups: Record<string, ((by: number) => number)[]> = {};
  for (const [index, what] of treeFunctions(node).entries())
    (groups[what] ??= []).push(exports[`f${index}`]!);
  return groups;
}

describe('the limits of an instance', () => {
  it('count what all component instances have from the start', () => {
    expect(treeTotals(tree)).toEqual({
      instances: 7,
      memories: 8,
      memoryBytes: 12 * PAGE,
      tables: 8,
      tableEntries: 28,
    });
  });

  it('share the bytes of memories', async () => {
    const { memory } = await grown({ memoryBytes: 15 * PAGE });
    expect([memory![0]!(1), memory![7]!(1), memory![3]!(2), memory![3]!(1), memory![5]!(1)]).toEqual([
      1,
      2,
      FULL,
      2,
      FULL,
    ]);
    expect(memory!.map((grow) => grow(0))).toEqual([2, 2, 1, 3, 1, 2, 1, 3]);
  });

  it('share the entries of tables', async () => {
    const { table, memory } = await grown({ tableEntries: 30 });
    expect([table![0]!(1), table![7]!(2), table![7]!(1), table![1]!(1)]).toEqual([3, FULL, 4, FULL]);
    expect(memory![0]!(100)).toBe(1);
  });

  it('share the handles', async () => {
    const { handle } = await grown({ handles: 5 });
    expect([handle![0]!(1), handle![1]!(1), handle![2]!(1), handle![3]!(1), handle![0]!(1)]).toEqual([
      1, 2, 1, 2, 3,
    ]);
    expect(() => handle![3]!(1)).toThrow(/the handle tables are full: they hold 5 handles/u);
  });

  it.each([
    ['memoryBytes', 12 * PAGE],
    ['tableEntries', 28],
    ['instances', 7],
    ['memories', 8],
    ['tables', 8],
  ])('refuse a component when %s are one too few, before it runs', async (name, total) => {
    const bytes = treeBytes(tree);
    await compile(bytes, { limits: { [name]: total } });
    const refused = compile(bytes, { limits: { [name]: total - 1 } });
    await expect(refused).rejects.toThrow(LinkError);
    await expect(refused).rejects.toThrow(`limits.${name}: expected at most ${total - 1} `);
    const component = await compile(bytes, { limits: { memoryBytes: 2 ** 30 } });
    expect(() => instantiateSync(component, {}, { limits: { [name]: total - 1 } })).toThrow(LinkError);
    await expect(instantiate(component, {}, { limits: { [name]: total - 1 } })).rejects.toThrow(LinkError);
    instantiateSync(component, {}, { limits: { [name]: total } });
  });

  it('refuse more instances than they allow before the component is planned', async () => {
    const bytes = treeBytes(many(20_000, {}));
    const refused = compile(bytes, { limits: { instances: 10 } });
    await expect(refused).rejects.toThrow(LinkError);
    await expect(refused).rejects.toThrow(
      /at most 10 component instances and core instances, got 20001 or more/u,
    );
  });

  it('are those of each instance anew', async () => {
    const component = await compile(treeBytes(tree), { limits: { memoryBytes: 13 * PAGE } });
    for (let made = 0; made < 3; made += 1) {
      const { f0 } = instantiateSync<Functions>(component);
      expect([f0!(1), f0!(1)]).toEqual([1, FULL]);
    }
  });

  it('bring defaults for everything else with `memoryBytes`', async () => {
    const limits = { memoryBytes: 2 ** 30 };
    await expect(compile(treeBytes(many(10_000, {})), { limits })).rejects.toThrow(/limits\.instances/u);
    await expect(compile(treeBytes(many(1001, { memories: [0] })), { limits })).rejects.toThrow(
      /limits\.memories/u,
    );
    await expect(compile(treeBytes(many(2, { tables: [500_001] })), { limits })).rejects.toThrow(
      /limits\.tableEntries/u,
    );
    const { handle } = await grown(limits);
    const hoard = (): void => {
      for (let i = 0; i <= 100_000; i += 1) handle![0]!(1);
    };
    expect(hoard).toThrow(/the handle table is full: it holds 100000 handles/u);
  });

  it('count what else the engine keeps for each core instance', async () => {
    const names = Array.from({ length: 2000 }, (_, index) =>
      concatenate([coreName(`e${index}`), [0x00, 0x00]]),
    );
    const module = coreModule([
      section(1, [[0x60, 0, 0]]),
      section(3, [[0x00]]),
      section(7, names),
      section(10, [body(0, 0x0b)]),
    ]);
    const component = (count: number): Uint8Array =>
      concatenate([
        [0x00, 0x61, 0x73, 0x6d, 0x0d, 0x00, 0x01, 0x00, 1],
        unsigned(module.length),
        module,
        section(
          2,
          Array.from({ length: count }, () => [0x00, 0x00, 0x00]),
        ),
      ]);
    await compile(component(800), { limits: { memoryBytes: 2 ** 30 } });
    await expect(compile(component(900), { limits: { memoryBytes: 2 ** 30 } })).rejects.toThrow(
      /functions: expected at most 268435456 bytes for the functions, names, globals/u,
    );
  });
});

/** Returns a component of one core instance without imports. It exports `f: func() -> u32` if there is an alias. */
function single(module: Uint8Array, alias?: string): Uint8Array<ArrayBuffer> {
  return concatenate([
    [0x00, 0x61, 0x73, 0x6d, 0x0d, 0x00, 0x01, 0x00, 1],
    unsigned(module.length),
    module,
    section(2, [[0x00, 0x00, 0x00]]),
    ...(alias === undefined
      ? []
      : [
          section(7, [[0x40, 0, 0x00, 0x79]]),
          section(6, [concatenate([[0x00, 0x00, 0x01, 0x00], coreName(alias)])]),
          section(8, [[0x00, 0x00, 0x00, 0x00, 0x00]]),
          section(11, [concatenate([[0x00], coreName('f'), [0x01, 0x00, 0x00]])]),
        ]),
  ]);
}

const limits = { memoryBytes: 4 * PAGE };

/** `f` returns the size of the memory, which a start function has grown by a page. */
function starting(pages: number): Uint8Array {
  return coreModule([
    section(1, [
      [0x60, 0, 0],
      [0x60, 0, 1, 0x7f],
    ]),
    section(3, [[0], [1]]),
    section(5, [[0, 1]]),
    section(7, [concatenate([coreName('f'), [0x00, 0x01]])]),
    [8, 1, 0],
    section(10, [body(0, 0x41, pages, 0x40, 0, 0x45, 0x04, 0x40, 0x00, 0x0b, 0x0b), body(0, 0x3f, 0, 0x0b)]),
  ]);
}

/** `f` makes a struct, grows the memory, and returns 7. */
const gc = coreModule([
  section(1, [
    [0x5f, 1, 0x7f, 1],
    [0x60, 0, 1, 0x7f],
  ]),
  section(3, [[1]]),
  section(5, [[0, 1]]),
  section(7, [concatenate([coreName('f'), [0x00, 0x00]])]),
  section(10, [body(0, 0xfb, 1, 0, 0x1a, 0x41, 1, 0x40, 0, 0x1a, 0x41, 7, 0x0b)]),
]);

describe('core modules under limits', () => {
  it('run their start function with the limits', async () => {
    const { f } = await instantiate<{ f(): number }>(single(starting(3), 'f'), {}, { limits });
    expect(f()).toBe(4);
    const strict = await instantiate<{ f(): number }>(single(starting(4), 'f'), {}, { limits });
    expect(strict.f()).toBe(1);
  });

  it('are a Trap when their start function traps', async () => {
    const trapping = coreModule([
      section(1, [[0x60, 0, 0]]),
      section(3, [[0]]),
      section(5, [[0, 1]]),
      [8, 1, 0],
      section(10, [body(0, 0x41, 1, 0x40, 0, 0x1a, 0x00, 0x0b)]),
    ]);
    const refused = instantiate(single(trapping), {}, { limits });
    await expect(refused).rejects.toThrow(Trap);
    await expect(refused).rejects.toThrow(/unreachable.*starting a core module of the component/u);
    const component = await compile(single(trapping), { limits });
    expect(() => instantiateSync(component)).toThrow(Trap);
  });

  it.each(['wit-ts:ask-memory', 'wit-ts:start'])('cannot reach what limits add to them: %s', async (name) => {
    const bytes = single(starting(1), name);
    await expect(instantiate(bytes, {}, { limits })).rejects.toThrow(LinkError);
  });

  it('are refused when they use WasmGC, unless the host allows it', async () => {
    const bytes = single(gc, 'f');
    const refused = instantiate(bytes, {}, { limits });
    await expect(refused).rejects.toThrow(LinkError);
    await expect(refused).rejects.toThrow(
      [
        'the component exceeds its limits from the start:',
        '  core module 0: expected nothing that is allocated in the heap of the JavaScript engine, ' +
          'which `memoryBytes` cannot count, got a struct type, an instruction of WasmGC',
        '    set `limits.allowGc` to true to run it anyway',
      ].join('\n'),
    );
    for (const allowed of [{ ...limits, allowGc: true }, { tableEntries: 5 }, {}]) {
      const { f } = await instantiate<{ f(): number }>(bytes, {}, { limits: allowed });
      expect(f()).toBe(7);
    }
    const wrong = { ...limits, allowGc: 1 } as object;
    await expect(instantiate(bytes, {}, { limits: wrong })).rejects.toThrow(
      /allowGc: expected a boolean, got 1/u,
    );
  });

  it('must be limited when they are given compiled', async () => {
    const bytes = single(starting(1), 'f');
    const modules = [new WebAssembly.Module(starting(1) as BufferSource)];
    await expect(compile({ bytes, modules }, { limits })).rejects.toThrow(
      /core module 0 was compiled without limits: compile what `limitModule`/u,
    );
  });

  it('cannot be used without limits once they are limited', async () => {
    const bytes = single(starting(1), 'f');
    const { bytes: limited } = limitModule(starting(1));
    const modules = [new WebAssembly.Module(limited as BufferSource)];
    await expect(compile({ bytes, modules })).rejects.toThrow(
      /compiled with limits: give the limits to `compile`/u,
    );
    await expect(compile({ bytes, modules }, { limits: { handles: 5 } })).rejects.toThrow(
      /core module 0 was compiled with limits of memories, tables or instances/u,
    );
    const component = await compile({ bytes, modules }, { limits });
    expect(instantiateSync<{ f(): number }>(component).f()).toBe(2);
  });
});

describe('a property of `Object.prototype`', () => {
  afterEach(() => {
    for (const name of [
      'limits',
      'memoryBytes',
      'liftedBytes',
      'maxLifted',
      'maxBytes',
      'handles',
      'allowGc',
    ])
      Reflect.deleteProperty(Object.prototype, name);
  });

  it('sets no limit', async () => {
    Object.assign(Object.prototype, { limits: { memoryBytes: 0 }, handles: 0, liftedBytes: 0 });
    Object.assign(Object.prototype, { memoryBytes: 0, maxLifted: 0, maxBytes: 0 });
    const bytes = treeBytes(tree);
    const free = await instantiate<Functions>(bytes, {}, { name: 'free' });
    expect(free['f0']!(1)).toBe(1);
    const { memory, handle } = await grown({ tables: 8 });
    expect([memory![0]!(1), handle![0]!(1)]).toEqual([1, 1]);
  });

  it('allows nothing', async () => {
    Object.assign(Object.prototype, { allowGc: true, memoryBytes: 2 ** 30 });
    await expect(instantiate(single(gc, 'f'), {}, { limits })).rejects.toThrow(LinkError);
    const { memory } = await grown({ memoryBytes: 12 * PAGE });
    expect(memory![0]!(1)).toBe(FULL);
  });
});
