import { array, assert, bigInt, property, record } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fileErrorFrom, openFile } from '../fixtures/file-operations.ts';
import { memoryDirectory } from './memory/open-memory-directory.ts';
import { metadataHasher } from './metadata-hash.ts';
import { grantedDirectory } from './sandbox/granted-directory.ts';
import { OpenDescriptors } from './sandbox/open-descriptors.ts';
import { sipHash } from './sip-hash.ts';

const sequence = (length: number): Uint8Array => Uint8Array.from({ length }, (_, index) => index);
const hex = (words: Uint32Array): string => Buffer.from(words.buffer).toString('hex');

describe('sipHash', () => {
  // `openssl mac -macopt hexkey:000102030405060708090a0b0c0d0e0f -in FILE SIPHASH` says the same.
  it.each([
    [0, 'a3817f04ba25a8e66df67214c7550293'],
    [7, 'a1f1ebbed8dbc153c0b84aa61ff08239'],
    [16, '6ee2a4ca67b054bbfd3315bf85230577'],
    [300, 'ce005a406d14b36d5386b5f7a7e1b311'],
  ])('has the value of the reference for %i bytes', (length, expected) => {
    expect(hex(sipHash(sequence(16), sequence(length)))).toBe(expected);
  });
});

describe('metadataHasher', () => {
  const origin = { guest: '/', host: undefined, write: true };
  let now = 0n;
  const directory = grantedDirectory(
    memoryDirectory({ a: 'a', b: 'b' }, { now: () => now++ }),
    origin,
    new OpenDescriptors(10),
  );
  const hash = metadataHasher(() => sequence(16));

  it('gives the same for a descriptor and a path, and another for each file', () => {
    const file = openFile(directory, 'a');
    expect(hash(file.stat())).toEqual(hash(directory.statAt('./a', true)));
    expect(hash(file.stat())).not.toEqual(hash(directory.statAt('b', true)));
  });

  it('gives another one when the contents change or the file is replaced', () => {
    const file = openFile(directory, 'a', { write: true });
    const before = hash(file.stat());
    file.write(Uint8Array.of(1), 0);
    const changed = hash(file.stat());
    expect(changed).not.toEqual(before);
    directory.renameAt('b', directory, 'a');
    expect(hash(directory.statAt('a', true))).not.toEqual(changed);
    expect(fileErrorFrom(() => directory.statAt('b', true)).code).toBe('no-entry');
  });

  it('gives another one for another secret', () => {
    expect(metadataHasher(() => sequence(17).subarray(1))(directory.stat())).not.toEqual(
      hash(directory.stat()),
    );
  });

  const number = bigInt({ min: 0n, max: 2n ** 64n - 1n });
  const time = bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
  const known = record({ device: number, inode: number, size: number, modified: time, changed: time });
  const rest = { type: 'regular-file', links: 1n, accessed: 0n } as const;

  it('gives the same for what is known of one node, whatever else there is to know', () => {
    assert(
      property(known, number, time, (node, links, accessed) => {
        const expected = hash({ ...rest, ...node });
        expect(hash({ ...rest, ...node, links, accessed })).toEqual(expected);
        for (const half of [expected.lower, expected.upper]) {
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
        const hashes = [...distinct.values()].map((node) => hash({ ...rest, ...node }));
        expect(new Set(hashes.map(({ lower }) => lower)).size).toBe(distinct.size);
        expect(new Set(hashes.map(({ upper }) => upper)).size).toBe(distinct.size);
      }),
    );
  });
});
