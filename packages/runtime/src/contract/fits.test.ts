import { componentWorld, decode } from '@wit-ts/component';
import { type Contract, contractOf, mismatches, worldOf } from '@wit-ts/model';
import { plan } from '@wit-ts/plan';
import { describe, expect, it } from 'vitest';
import { built } from '../fixtures/components.ts';
import { fits } from './fits.ts';

const names = [
  'edge-handler/wat',
  'edge-handler/rust',
  'database-connector/rust',
  'bench-guest',
  'resources',
  'traps',
  'limits',
  'nested',
];

const components = await Promise.all(
  names.map(async (name) => {
    const decoded = decode(await built(name));
    const { world } = componentWorld(decoded);
    return { name, world, flat: plan(decoded), contract: contractOf(world) };
  }),
);

/** Yields contracts that differ from the given one in a word, in a name, or by a missing part. */
function* mutants(contract: Contract): Generator<Contract> {
  const text = JSON.stringify(contract);
  const words =
    /\b(?:u8|u32|u64|s32|f64|string|bool|list|option|own|borrow|resource|async )|[a-z]+(?=[:,\s}"])/gu;
  for (const match of text.matchAll(words)) {
    for (const word of ['u8', 'string', 'list<u8>', 'x', '']) {
      yield JSON.parse(
        text.slice(0, match.index) + word + text.slice(match.index + match[0].length),
      ) as Contract;
    }
  }
}

describe.each(components)('fits: $name', ({ world, flat, contract }) => {
  it('accepts a component with its own contract', () => {
    expect(fits(contract, flat)).toBe(true);
  });

  it('refuses every contract that the detailed comparison refuses', () => {
    let refused = 0;
    for (const mutant of mutants(contract)) {
      let wrong: number;
      try {
        wrong = mismatches(world, worldOf(mutant)).length;
      } catch {
        // The changed text is not a contract.
        continue;
      }
      if (wrong === 0) continue;
      refused += 1;
      expect(fits(mutant, flat), JSON.stringify(mutant)).toBe(false);
    }
    expect(refused).toBeGreaterThan(5);
  });
});

describe('fits', () => {
  const edge = components[0]!;

  it('accepts an interface of a compatible version', () => {
    const service = edge.contract.imports['example:service/processor']!;
    const flat = {
      ...edge.flat,
      imports: edge.flat.imports.map((item) => ({
        ...item,
        path: item.path.map((part) => (part.includes('/') ? `${part}@1.2.3` : part)),
      })),
    };
    const versioned = (...keys: readonly string[]): Contract => ({
      ...edge.contract,
      imports: Object.fromEntries(keys.map((key) => [key, service])),
    });
    expect(fits(versioned('example:service/processor@1.0.0'), flat)).toBe(true);
    expect(fits(versioned('example:service/processor@2.0.0'), flat)).toBe(false);
    // `fits` does not choose between two versions, so the detailed comparison follows.
    expect(fits(versioned('example:service/processor@1.0.0', 'example:service/processor@1.1.0'), flat)).toBe(
      false,
    );
  });

  it('ignores names that every object inherits', () => {
    expect(fits({ ...edge.contract, imports: {} }, edge.flat)).toBe(false);
    expect(fits({ ...edge.contract, exports: { constructor: 'func()' } }, edge.flat)).toBe(false);
  });
});
