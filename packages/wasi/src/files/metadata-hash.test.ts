import { array, assert, bigInt, property, record } from 'fast-check';
import { expect, it } from 'vitest';
import { metadataHash } from './metadata-hash.ts';
import type { NodeStat } from './node.ts';

const number = bigInt({ min: 0n, max: 2n ** 64n - 1n });
const time = bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
const known = record({ device: number, inode: number, size: number, modified: time, changed: time });
const rest = { type: 'regular-file', links: 1n, accessed: 0n } as const;

it('is the same for what is known of one node, whatever else there is to know', () => {
  assert(
    property(known, number, time, (node, links, accessed) => {
      const hash = metadataHash({ ...rest, ...node });
      expect(metadataHash({ ...rest, ...node, links, accessed })).toEqual(hash);
      for (const half of [hash.lower, hash.upper]) {
        expect(half).toBeGreaterThanOrEqual(0n);
        expect(half).toBeLessThan(2n ** 64n);
      }
    }),
  );
});

it('differs, in both halves, for nodes that differ in anything', () => {
  assert(
    property(array(known, { minLength: 2, maxLength: 20 }), (nodes) => {
      const distinct = new Map(nodes.map((node) => [Object.values(node).join(), node]));
      const hashes = [...distinct.values()].map((node) =>
        metadataHash({ ...rest, ...node } satisfies NodeStat),
      );
      expect(new Set(hashes.map(({ lower }) => lower)).size).toBe(distinct.size);
      expect(new Set(hashes.map(({ upper }) => upper)).size).toBe(distinct.size);
    }),
  );
});
