import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyTypeWith, valueOf } from './fixtures/arbitrary.ts';
import { engines } from './fixtures/engines.ts';
import { Guest } from './fixtures/guest.ts';
import { ValueParty } from './fixtures/value-party.ts';
import { address, encoding } from './fixtures/value-store.ts';
import { waitableTypes } from './fixtures/waitables.ts';

const maxFlat = fc.constantFrom(0, 1, 4, 16);
const parties = fc.record({
  from: fc.record({ memory: address, stringEncoding: encoding }),
  to: fc.record({ memory: address, stringEncoding: encoding }),
});

const flatValues = fc.array(anyTypeWith(waitableTypes), { maxLength: 3 }).chain((types) =>
  fc.record({
    types: fc.constant(types),
    values: fc.tuple(...types.map(valueOf)),
    parties,
    fromMaxFlat: maxFlat,
    toMaxFlat: maxFlat,
    isSame: fc.boolean(),
  }),
);

const elements = anyTypeWith(waitableTypes).chain((type) =>
  fc.record({
    type: fc.constant(type),
    values: fc.array(valueOf(type), { maxLength: 4 }),
    parties,
  }),
);

/** It is so small that most calls grow the memory. */
const MEMORY = 512;

describe.each(engines)('values between components, %s engine', (_, engine) => {
  it('arrive as they were sent, also in the same memory', () => {
    fc.assert(
      fc.property(flatValues, ({ types, values, parties: options, fromMaxFlat, toMaxFlat, isSame }) => {
        const from = new ValueParty(engine, types, options.from, new Guest(options.from.memory, MEMORY));
        const guest = isSame ? from.guest : new Guest(options.to.memory, MEMORY);
        const to = new ValueParty(engine, types, options.to, guest);
        const core = from.lower(values, fromMaxFlat);
        const spec = { params: from.params, name: 'f', from: from.options, to: to.options };
        const move = engine.moveFlat({ ...spec, fromMaxFlat, toMaxFlat });
        const binding = { from: from.binding, to: to.binding, resources: [] };
        const moved = move.bind(binding)(core, [], { borrows: 0 });
        expect(to.lift(moved, toMaxFlat)).toEqual(values);
      }),
      { numRuns: 400 },
    );
  });

  it('are copied as elements of a stream', () => {
    fc.assert(
      fc.property(elements, ({ type, values, parties: options }) => {
        const from = new ValueParty(engine, [type], options.from, new Guest(options.from.memory, MEMORY));
        const to = new ValueParty(engine, [type], options.to, new Guest(options.to.memory, MEMORY));
        const [source, target] = [from, to].map((party) => party.allocate(values.length)) as [number, number];
        from.store(values, source);
        const copy = engine.copy({ type, name: 'stream.read', from: from.options, to: to.options });
        copy.bind({ from: from.binding, to: to.binding, resources: [] })(source, target, values.length);
        expect(Array.from(to.load(target, values.length))).toEqual(values);
      }),
      { numRuns: 400 },
    );
  });
});
