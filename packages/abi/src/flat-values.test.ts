import { waitablesOf } from '@wit-ts/model/layout';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FlatSpec } from './value-engine.ts';
import { anyTypeWith, valueOf } from './fixtures/arbitrary.ts';
import { engines } from './fixtures/engines.ts';
import { Guest, plainOptions } from './fixtures/guest.ts';
import { address, encoding } from './fixtures/value-store.ts';
import { testCodecs, waitableTypes } from './fixtures/waitables.ts';

const input = fc.array(anyTypeWith(waitableTypes), { maxLength: 3 }).chain((types) =>
  fc.record({
    types: fc.constant(types),
    values: fc.tuple(...types.map(valueOf)),
    address,
    stringEncoding: encoding,
    maxFlat: fc.constantFrom(0, 1, 4, 16),
    peer: fc.constantFrom('host', 'component'),
  }),
);

describe.each(engines)('values as core values, %s engine', (_, engine) => {
  it('are lifted as they were lowered', () => {
    fc.assert(
      fc.property(input, ({ types, values, address: memory, stringEncoding, maxFlat }) => {
        const guest = new Guest(memory);
        const params = types.map((type, index) => ({ name: `p${index}`, type }));
        const options = { ...plainOptions, memory, stringEncoding };
        const waitables = testCodecs(waitablesOf(types), guest.instance);
        const spec: FlatSpec = { params, maxFlat, options, name: 'f' };
        const between: FlatSpec = { ...spec, peer: 'component' };
        const { instance, memory: bytes, realloc } = guest;
        const binding = { instance, memory: bytes, realloc, resources: [], waitables };
        const core = engine.lowerFlat(spec).bind(binding)(values, { borrows: 0 });
        expect(core.length).toBeLessThanOrEqual(Math.max(maxFlat, 1));
        // Another component passes the values on.
        const passed = engine.liftFlat(between).bind(binding)(core, []);
        const again = engine.lowerFlat(between).bind(binding)(passed, { borrows: 0 });
        expect(engine.liftFlat(spec).bind(binding)(again, [])).toEqual(values);
      }),
      { numRuns: 400 },
    );
  });
});
