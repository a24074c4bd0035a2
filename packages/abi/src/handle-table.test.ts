import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HandleTable } from './handle-table.ts';
import { Trap } from './trap.ts';

describe('HandleTable', () => {
  it('starts at index 1 and reuses the index that was freed last', () => {
    const table = new HandleTable();
    const [a, b, c] = [{}, {}, {}];
    expect([table.add(a), table.add(b), table.add(c)]).toEqual([1, 2, 3]);
    table.remove(1);
    table.remove(3);
    expect([table.add(c), table.add(a), table.add({})]).toEqual([3, 1, 4]);
    expect(table.get(2)).toBe(b);
  });

  it.each([0, 1, -1, 2 ** 31, 2 ** 32 - 1])('traps at the unused index %i', (index) => {
    expect(() => new HandleTable().get(index)).toThrow(Trap);
    expect(() => new HandleTable().remove(index)).toThrow(`unknown handle index ${index >>> 0}`);
  });

  it('behaves like a map from indices to entries', () => {
    const operations = fc.array(fc.oneof(fc.constant('add'), fc.nat(12)), { maxLength: 60 });
    fc.assert(
      fc.property(operations, (steps) => {
        const table = new HandleTable();
        const model = new Map<number, object>();
        for (const step of steps) {
          if (step === 'add') {
            const entry = {};
            const index = table.add(entry);
            expect(model.has(index)).toBe(false);
            model.set(index, entry);
          } else if (model.has(step as number)) {
            expect(table.remove(step as number)).toBe(model.get(step as number));
            model.delete(step as number);
          } else {
            expect(() => table.remove(step as number)).toThrow(Trap);
          }
        }
        expect(table.size).toBe(model.size);
      }),
    );
  });
});
