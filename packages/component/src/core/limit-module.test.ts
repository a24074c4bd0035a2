import { describe, expect, it } from 'vitest';
import { DecodeError } from '../decode-error.ts';
import { limitModule } from './limit-module.ts';

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

function run(bytes: ReturnType<typeof limitModule>): Grower {
  if (!(bytes instanceof Uint8Array)) throw new Error(`too large: ${JSON.stringify(bytes)}`);
  const compiled = new WebAssembly.Module(new Uint8Array(bytes));
  return new WebAssembly.Instance(compiled).exports as unknown as Grower;
}

describe('limitModule', () => {
  it('lets a memory grow up to the limit', () => {
    const { m } = run(limitModule(plain, { memory: 3 * page }));
    expect([m(1), m(1), m(1), m(0)]).toEqual([1, 2, -1, 3]);
  });

  it('rounds the limit down to whole pages', () => {
    const { m } = run(limitModule(plain, { memory: 2 * page - 1 }));
    expect([m(1), m(0)]).toEqual([-1, 1]);
  });

  it('lets a table grow up to the limit and does not limit the memory', () => {
    const { m, t } = run(limitModule(plain, { table: 4 }));
    expect([t(2), t(1), m(100)]).toEqual([2, -1, 1]);
  });

  it('limits a table that has an initial value', () => {
    const { t } = run(limitModule(growing([0x40, 0, 0x70, 0, 1, 0xd0, 0x70, 0x0b], [0, 1]), { table: 2 }));
    expect([t(1), t(1)]).toEqual([1, -1]);
  });

  it('returns the module itself if its own limits are stricter', () => {
    const strict = growing([0x70, 1, 2, 3], [1, 1, 2]);
    expect(limitModule(strict, { memory: 100 * page, table: 100 })).toBe(strict);
    expect(limitModule(strict, {})).toBe(strict);
    expect(run(limitModule(strict, { memory: page })).m(1)).toBe(-1);
  });

  it('keeps the size of a page and the width of addresses', () => {
    const wide = module([[5, 1, 0x0c, 0x80, 1, 0]]);
    const limited = limitModule(wide, { memory: 300 }) as Uint8Array;
    expect([...limited].slice(8)).toEqual([5, 7, 1, 0x0d, 0x80, 1, 0xac, 2, 0]);
  });

  it('returns the tables and memories that exceed their limit from the start', () => {
    const large = growing([0x70, 0, 20], [0, 2]);
    expect(limitModule(large, { memory: page })).toEqual([
      { what: 'memory', minimum: 2 * page, limit: page },
    ]);
    expect(limitModule(large, { table: 5, memory: 0 })).toEqual([
      { what: 'table', minimum: 20, limit: 5 },
      { what: 'memory', minimum: 2 * page, limit: 0 },
    ]);
  });

  it('throws a DecodeError for broken bytes', () => {
    for (let end = 9; end < plain.length; end += 1) {
      try {
        limitModule(plain.slice(0, end), { memory: page, table: 4 });
      } catch (error) {
        expect(error).toBeInstanceOf(DecodeError);
      }
    }
    expect(() => limitModule(module([[5, 1, 0x44, 1]]), { memory: page })).toThrow(DecodeError);
  });
});
