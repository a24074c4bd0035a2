import { flattenType } from '@wit-ts/model/layout';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyType } from './fixtures/arbitrary.ts';
import { replaceOnePart } from './fixtures/compare-engines.ts';
import { Guest, plainOptions } from './fixtures/guest.ts';
import { address, encoding, engines, outcome, typeAndValues, ValueStore } from './fixtures/value-store.ts';

/** Both engines do the same when values are loaded, stored and returned outside of calls. */

describe('both engines', () => {
  const corrupted = typeAndValues.chain((input) =>
    fc.tuple(
      fc.constant(input),
      fc.array(fc.tuple(fc.nat(), fc.oneof(fc.nat(4), fc.nat(255))), { maxLength: 4 }),
      fc.oneof(fc.constant(0), fc.nat(9), fc.constantFrom(60_000, 65_536, 2 ** 31, 2 ** 32)),
      fc.oneof(fc.nat(6), fc.constantFrom(2 ** 16, 2 ** 28)),
    ),
  );

  it('store the same bytes, and load the same values or trap alike from changed bytes, addresses and counts', () => {
    fc.assert(
      fc.property(corrupted, ([{ type, values, ...options }, bytes, shift, count]) => {
        const memory = options.address;
        const results = engines.map(([, engine]) => {
          const store = new ValueStore(engine, type, { ...options, memory });
          const ptr = store.allocate(type, values.length);
          store.store(values, ptr);
          const image = store.guest.image();
          for (const [at, byte] of bytes)
            if (at % store.guest.top > 63) store.guest.bytes[at % store.guest.top] = byte;
          return [image, outcome(() => store.load(ptr + shift, count))];
        });
        expect(results[1]).toEqual(results[0]);
      }),
      { numRuns: 600 },
    );
  });

  it('lift the same result of a task, or trap alike, for any core values', () => {
    const input = fc.tuple(
      anyType,
      address,
      encoding,
      fc.array(fc.oneof(fc.nat(9), fc.nat(70_000), fc.integer()), { minLength: 16, maxLength: 16 }),
      fc.uint8Array({ minLength: 400, maxLength: 400 }),
    );
    fc.assert(
      fc.property(input, ([type, memory, stringEncoding, numbers, bytes]) => {
        const flat = flattenType(type, memory) ?? [memory];
        const core = flat.map((slot, index) => {
          const number = numbers[index]!;
          if (slot === 'i64') return BigInt(number);
          return slot === 'i32' ? number : number / 4;
        });
        const results = engines.map(([, engine]) => {
          const guest = new Guest(memory);
          guest.bytes.set(bytes);
          const { instance } = guest;
          const options = { ...plainOptions, memory, stringEncoding };
          const spec = { params: [{ name: 'it', type }], maxFlat: 16, options, name: 'task.return' };
          const lift = engine.liftFlat(spec).bind({ instance, memory: guest.memory, resources: [] });
          return outcome(() => lift(core, []));
        });
        expect(results[1]).toEqual(results[0]);
      }),
      { numRuns: 600 },
    );
  });

  it('refuse the same values with the same messages', () => {
    const changed = typeAndValues.chain((input) =>
      fc.tuple(
        fc.constant(input),
        fc.nat(),
        fc.anything({ withBigInt: true, maxDepth: 1 }),
        fc.constantFrom(0, 1, 65_536),
      ),
    );
    fc.assert(
      fc.property(changed, ([{ type, values, ...options }, at, junk, shift]) => {
        const given = replaceOnePart(values, at, junk) as ArrayLike<unknown>;
        const results = engines.map(([, engine]) => {
          const store = new ValueStore(engine, type, { ...options, memory: options.address });
          const ptr = store.allocate(type, values.length + 4);
          return outcome(() => store.store(given, ptr + shift));
        });
        expect(results[1]).toEqual(results[0]);
      }),
      { numRuns: 600 },
    );
  });
});
