import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contractOf, worldOf, type Contract } from './contract.ts';
import { mismatches } from './satisfy.ts';

const name = fc.constantFrom('a', 'b', 'c', 'd', '%list', '%constructor');

/** Texts of types that name nothing, so that equal types have equal texts. */
const { type } = fc.letrec<{ type: string }>((tie) => ({
  type: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom('bool', 'u8', 's64', 'f32', 'char', 'string'),
    fc.constantFrom('result', 'stream', 'future', 'r', 'borrow<r>', 's'),
    tie('type').map((inner) => `list<${inner}>`),
    fc.tuple(tie('type'), fc.nat(4)).map(([inner, length]) => `list<${inner}, ${length + 1}>`),
    tie('type').map((inner) => `option<${inner}>`),
    tie('type').map((inner) => `stream<${inner}>`),
    fc.array(tie('type'), { minLength: 1, maxLength: 3 }).map((types) => `tuple<${types.join(', ')}>`),
    fc.tuple(tie('type'), tie('type')).map(([ok, err]) => `result<${ok}, ${err}>`),
    tie('type').map((err) => `result<_, ${err}>`),
  ),
}));

const labelled = fc.uniqueArray(fc.tuple(name, type), { selector: ([id]) => id, minLength: 1, maxLength: 4 });

const definition = fc.oneof(
  type,
  labelled.map((fields) => `record { ${fields.map(([id, of]) => `${id}: ${of}`).join(', ')} }`),
  labelled.map(
    (cases) => `variant { ${cases.map(([id, of]) => (of === 'bool' ? id : `${id}(${of})`)).join(', ')} }`,
  ),
  labelled.map((cases) => `enum { ${cases.map(([id]) => id).join(', ')} }`),
  labelled.map((flags) => `flags { ${flags.map(([id]) => id).join(', ')} }`),
);

const func = fc
  .record({ async: fc.boolean(), params: labelled, result: fc.option(type) })
  .map(
    ({ async, params, result }) =>
      `${async ? 'async ' : ''}func(${params.map(([id, of]) => `${id}: ${of}`).join(', ')})${result === null ? '' : ` -> ${result}`}`,
  );

function contract(side: 'imports' | 'exports', def: string, signature: string): Contract {
  const item = { types: { r: 'resource', s: 'resource', t: def }, functions: { f: signature } };
  return { world: 'a:b/w', imports: {}, exports: {}, [side]: { 'a:b/i': item } };
}

describe('the comparison of random worlds', () => {
  it('finds the same contract in a world that was rebuilt from its contract', () => {
    fc.assert(
      fc.property(definition, func, (def, signature) => {
        const described = contract('imports', def, signature);
        expect(JSON.parse(JSON.stringify(contractOf(worldOf(described))))).toEqual(described);
      }),
    );
  });

  it('is satisfied by the world itself, and by another world only if both have the same contract', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('imports', 'exports'),
        fc.tuple(definition, func),
        fc.tuple(definition, func),
        (side, [def, signature], [otherDef, otherSignature]) => {
          const world = worldOf(contract(side, def, signature));
          expect(mismatches(world, worldOf(contract(side, def, signature)))).toEqual([]);
          for (const [d, s] of [
            [otherDef, signature],
            [def, otherSignature],
          ] as const) {
            const other = worldOf(contract(side, d, s));
            const same = d === def && s === signature;
            expect(mismatches(world, other).length === 0).toBe(same);
            expect(mismatches(other, world).length === 0).toBe(same);
          }
        },
      ),
    );
  });
});
