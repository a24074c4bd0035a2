import { describe, expect, it } from 'vitest';
import { DecodeError } from '../decode-error.ts';
import { limitModule } from './limit-module.ts';
import { LIMITS_EXPORTS } from './reserved-names.ts';

const header = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
const page = 65_536;

/** Returns a module of the given sections. */
function module(sections: readonly (readonly [id: number, ...content: readonly number[]])[]): Uint8Array {
  return Uint8Array.from([
    ...header,
    ...sections.flatMap(([id, ...content]) => [id, content.length, ...content]),
  ]);
}

const growMemory = [0x00, 0x20, 0x00, 0x40, 0x00, 0x0b];
const growTable = [0x00, 0xd0, 0x70, 0x20, 0x00, 0xfc, 0x0f, 0x00, 0x0b];

/**
 * Returns a module with a table and a memory, which exports a function `m` to grow the memory and `t` for the table.
 */
function growing(table: readonly number[], memory: readonly number[]): Uint8Array {
  return module([
    [1, 1, 0x60, 1, 0x7f, 1, 0x7f],
    [3, 2, 0, 0],
    [4, 1, ...table],
    [5, 1, ...memory],
    [7, 2, 1, 0x6d, 0, 0, 1, 0x74, 0, 1],
    [10, 2, growMemory.length, ...growMemory, growTable.length, ...growTable],
  ]);
}

const plain = growing([0x70, 0, 2], [0, 1]);

interface Grower {
  /** Grows the memory, in pages. */
  m(by: number): number;
  /** Grows the table. */
  t(by: number): number;
}

/** Instantiates a limited module as a runtime does, with a separate budget. */
function run(
  bytes: Uint8Array,
  memory = Infinity,
  table = Infinity,
  imports: WebAssembly.Imports = {},
): Grower {
  const limited = limitModule(bytes);
  const compiled = new WebAssembly.Module(limited.bytes as BufferSource);
  const { exports } = new WebAssembly.Instance(compiled, imports);
  const { functions, globals, start } = LIMITS_EXPORTS;
  const asked = exports[LIMITS_EXPORTS.table] as WebAssembly.Table | undefined;
  for (const [index, left] of [memory, table].entries()) {
    asked?.set(index, exports[functions[index]!]);
    Object.assign(exports[globals[index]!] ?? {}, { value: left });
  }
  (exports[start] as (() => void) | undefined)?.();
  return exports as unknown as Grower;
}

describe('limitModule', () => {
  it('lets a memory grow while the host allows it', () => {
    const { m } = run(plain, 2 * page);
    expect([m(1), m(0), m(1), m(1), m(0)]).toEqual([1, 2, 2, -1, 3]);
    expect(run(plain, 2 * page - 1).m(2)).toBe(-1);
    expect(run(plain).m(-1)).toBe(-1);
  });

  it('lets a table grow while the host allows it', () => {
    const { t } = run(plain, 0, 3);
    expect([t(2), t(2), t(1), t(1)]).toEqual([2, -1, 4, -1]);
  });

  it('gives back what the host allowed when nothing grew', () => {
    const { m, t } = run(growing([0x70, 1, 2, 3], [1, 1, 2]), 10 * page, 10);
    expect([m(5), m(1), m(1)]).toEqual([-1, 1, -1]);
    expect([t(5), t(1), t(1)]).toEqual([-1, 2, -1]);
    const free = run(growing([0x70, 1, 2, 9], [1, 1, 9]), 8 * page, 7);
    expect([free.m(100), free.m(8), free.t(100), free.t(7)]).toEqual([-1, 1, -1, 2]);
  });

  it('limits a table that has an initial value', () => {
    const { t } = run(growing([0x40, 0, 0x70, 0, 1, 0xd0, 0x70, 0x0b], [0, 1]), 0, 1);
    expect([t(1), t(1)]).toEqual([1, -1]);
  });

  it('limits imported memories and tables', () => {
    const bytes = module([
      [1, 1, 0x60, 1, 0x7f, 1, 0x7f],
      [2, 2, 1, 0x61, 1, 0x6d, 2, 0, 1, 1, 0x61, 1, 0x74, 1, 0x70, 0, 2],
      [3, 2, 0, 0],
      [7, 2, 1, 0x6d, 0, 0, 1, 0x74, 0, 1],
      [10, 2, growMemory.length, ...growMemory, growTable.length, ...growTable],
    ]);
    const memory = new WebAssembly.Memory({ initial: 1 });
    const table = new WebAssembly.Table({ element: 'anyfunc', initial: 2 });
    const { m, t } = run(bytes, page, 1, { a: { m: memory, t: table } });
    expect([m(1), m(1), t(1), t(1)]).toEqual([1, -1, 2, -1]);
    expect([memory.buffer.byteLength, table.length]).toEqual([2 * page, 3]);
    expect(limitModule(bytes).use).toMatchObject({ memories: 0, memoryBytes: 0, tables: 0, tableEntries: 0 });
  });

  it('limits each of several memories, however its index is written', () => {
    const bodies = [[0], [1], [0x81, 0x80, 0x00]].map((index) => [0x00, 0x20, 0x00, 0x40, ...index, 0x0b]);
    const bytes = module([
      [1, 1, 0x60, 1, 0x7f, 1, 0x7f],
      [3, 3, 0, 0, 0],
      [5, 2, 0, 1, 0, 0],
      [7, 3, 1, 0x61, 0, 0, 1, 0x62, 0, 1, 1, 0x63, 0, 2],
      [10, 3, ...bodies.flatMap((body) => [body.length, ...body])],
    ]);
    const { a, b, c } = run(bytes, 3 * page) as unknown as Record<string, (by: number) => number>;
    expect([a!(1), b!(1), c!(1), a!(1), b!(1), c!(1)]).toEqual([1, 0, 1, -1, -1, -1]);
  });

  it('limits memories of other addresses and pages', () => {
    const wide = module([
      [1, 1, 0x60, 1, 0x7e, 1, 0x7e],
      [3, 1, 0],
      [5, 1, 4, 1],
      [7, 1, 1, 0x6d, 0, 0],
      [10, 1, growMemory.length, ...growMemory],
    ]);
    const { m } = run(wide, page) as unknown as { m(by: bigint): bigint };
    expect([m(2n ** 63n), m(-1n), m(2n), m(1n), m(1n)]).toEqual([-1n, -1n, -1n, 1n, -1n]);
    const small = module([
      [1, 1, 0x60, 1, 0x7f, 1, 0x7f],
      [3, 1, 0],
      [5, 1, 0x08, 0x80, 1, 0],
      [10, 1, growMemory.length, ...growMemory],
    ]);
    expect(limitModule(small).use.memoryBytes).toBe(128);
  });

  it('runs the start function only after the host has set what is asked', () => {
    // The start function grows the memory.
    const bytes = module([
      [1, 2, 0x60, 1, 0x7f, 1, 0x7f, 0x60, 0, 0],
      [3, 2, 0, 1],
      [5, 1, 0, 1],
      [7, 1, 1, 0x6d, 0, 0],
      [8, 1],
      [10, 2, growMemory.length, ...growMemory, 7, 0, 0x41, 1, 0x10, 0, 0x1a, 0x0b],
    ]);
    expect(run(bytes, 2 * page).m(0)).toBe(2);
    expect(run(bytes, 0).m(0)).toBe(1);
  });

  it('returns a module in which nothing grows as it is', () => {
    const still = module([
      [1, 1, 0x60, 0, 0],
      [3, 1, 0],
      [5, 1, 0, 1],
      // A block whose first instruction is `unreachable` looks like `memory.grow`.
      [10, 1, 7, 0, 0x02, 0x40, 0x00, 0x0b, 0x01, 0x0b],
    ]);
    expect(limitModule(still).bytes).toBe(still);
  });

  it('leaves an invalid module to the engine, also if it refers to what limits would add', () => {
    const bodies = [growMemory, [0x00, 0x20, 0x00, 0x1a, 0x20, 0x00, 0x11, 0x00, 0x00, 0x0b]];
    const invalid = module([
      [1, 1, 0x60, 1, 0x7f, 1, 0x7f],
      [3, 2, 0, 0],
      [5, 1, 0, 1],
      [10, 2, ...bodies.flatMap((body) => [body.length, ...body])],
    ]);
    expect(limitModule(invalid).bytes).toBe(invalid);
    expect(WebAssembly.validate(invalid as BufferSource)).toBe(false);
  });

  it('counts memories, tables and what else an instance takes', () => {
    expect(limitModule(growing([0x70, 0, 20], [0, 2])).use).toEqual({
      memories: 1,
      memoryBytes: 2 * page,
      tables: 1,
      tableEntries: 20,
      bookkeepingBytes: 4 * 160,
      heapUses: [],
    });
  });

  it('refuses names of exports that it uses', () => {
    const name = [...new TextEncoder().encode(LIMITS_EXPORTS.table)];
    const bytes = module([
      [4, 1, 0x70, 0, 0],
      [7, 1, name.length, ...name, 1, 0],
    ]);
    expect(() => limitModule(bytes)).toThrow(/"wit-ts:asked" has a name that is reserved/u);
  });

  it('refuses instructions that it does not know, where they might hide growth', () => {
    const body = [0x00, 0xe0, 0x00, 0x20, 0x00, 0x40, 0x00, 0x0b];
    const unknown = module([
      [1, 1, 0x60, 1, 0x7f, 1, 0x7f],
      [3, 1, 0],
      [5, 1, 0, 1],
      [10, 1, body.length, ...body],
    ]);
    expect(() => limitModule(unknown)).toThrow(/the instruction 0xe0 is unknown/u);
  });

  it('throws a DecodeError for broken bytes', () => {
    for (let end = 9; end < plain.length; end += 1) {
      try {
        limitModule(plain.slice(0, end));
      } catch (error) {
        expect(error).toBeInstanceOf(DecodeError);
      }
    }
    expect(() => limitModule(module([[5, 1, 0x44, 1]]))).toThrow(DecodeError);
  });
});

const type = (...content: number[]): Uint8Array => module([[1, ...content]]);

describe('limitModule, for the heap of the engine', () => {
  it.each<[string, Uint8Array]>([
    ['a struct type', type(1, 0x5f, 0)],
    ['an array type', type(1, 0x5e, 0x7f, 1)],
    ['a struct type', type(1, 0x50, 0, 0x5f, 1, 0x7f, 0)],
    ['an array type', type(1, 0x4e, 2, 0x60, 0, 0, 0x4f, 0, 0x5e, 0x78, 0)],
    ['a global of anyref', module([[6, 1, 0x6e, 0, 0xd0, 0x71, 0x0b]])],
    ['a global of i31ref', module([[6, 1, 0x6c, 0, 0x41, 1, 0xfb, 28, 0x0b]])],
    ['a table of eqref', module([[4, 1, 0x6d, 0, 0]])],
    ['a table of exnref', module([[4, 1, 0x69, 0, 0]])],
    ['a table of (ref i31)', module([[4, 1, 0x40, 0, 0x64, 0x6c, 0, 1, 0x41, 1, 0xfb, 28, 0x0b]])],
    ['an element segment of structref', module([[9, 1, 5, 0x6b, 0]])],
    [
      'an exception tag of exnref',
      module([
        [1, 1, 0x60, 1, 0x69, 0],
        [13, 1, 0, 0],
      ]),
    ],
    [
      'an exception tag with 17 values',
      module([
        [1, 1, 0x60, 17, ...Array<number>(17).fill(0x7f), 0],
        [13, 1, 0, 0],
      ]),
    ],
    ['a table of anyref', module([[2, 1, 0, 0, 1, 0x6e, 0, 0]])],
    [
      'an instruction of WasmGC',
      module([
        [1, 1, 0x60, 0, 0],
        [3, 1, 0],
        [10, 1, 7, 0, 0x41, 1, 0xfb, 28, 0x1a, 0x0b],
      ]),
    ],
  ])('finds %s', (use, bytes) => {
    expect(limitModule(bytes).use.heapUses).toContain(use);
  });

  it.each<[string, Uint8Array]>([
    [
      'references to functions and to objects of the host',
      module([[4, 3, 0x70, 0, 0, 0x6f, 0, 0, 0x63, 0x70, 0, 0]]),
    ],
    [
      'references to function types',
      module([
        [1, 1, 0x60, 0, 0],
        [4, 1, 0x63, 0, 0, 0],
      ]),
    ],
    ['references to nothing', module([[6, 2, 0x73, 0, 0xd0, 0x73, 0x0b, 0x72, 0, 0xd0, 0x72, 0x0b]])],
    [
      'exceptions with some numbers',
      module([
        [1, 1, 0x60, 2, 0x7f, 0x7e, 0],
        [13, 1, 0, 0],
      ]),
    ],
  ])('finds nothing in %s', (_what, bytes) => {
    expect(limitModule(bytes).use.heapUses).toEqual([]);
  });
});
