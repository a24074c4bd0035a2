import { contractOf, contractText, worldContractText } from '@wit-ts/model';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { randomWorld } from './fixtures/random-world.ts';

it('the contract in a file is the text of the contract of its world', () => {
  fc.assert(
    fc.property(randomWorld, (world) => {
      expect(worldContractText(world)).toBe(contractText(contractOf(world)));
    }),
  );
});
