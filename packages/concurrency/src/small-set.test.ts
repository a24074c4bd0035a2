import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { SmallSet } from './small-set.ts';

it('behaves as a Set does', () => {
  const members = [{ name: 'a' }, { name: 'b' }, { name: 'c' }];
  const member = fc.constantFrom(...members);
  const step = fc.oneof(
    fc.record({ do: fc.constantFrom('add', 'delete'), member }),
    fc.record({ do: fc.constant('clear'), member }),
  );
  fc.assert(
    fc.property(fc.array(step), (steps) => {
      const set = new Set<object>();
      const small = new SmallSet<object>();
      for (const { do: what, member: each } of steps) {
        if (what === 'add') {
          set.add(each);
          small.add(each);
        } else if (what === 'delete') expect(small.delete(each)).toBe(set.delete(each));
        else {
          set.clear();
          small.clear();
        }
        expect(small.size).toBe(set.size);
        expect(small.toArray()).toEqual([...set]);
        expect(small.first).toBe([...set][0]);
        for (const wanted of members)
          expect(small.find((found) => found === wanted)).toBe(set.has(wanted) ? wanted : undefined);
      }
    }),
  );
});
