import type { NodeStat } from './node.ts';
import { sipHash } from './sip-hash.ts';

/** `metadata-hash-value` of `wasi:filesystem/types`: 128 bits. */
export interface MetadataHash {
  readonly lower: bigint;
  readonly upper: bigint;
}

/**
 * Returns the function behind `metadata-hash` and `metadata-hash-at` of `wasi:filesystem/types`. The hash is of what
 * tells whether a node was replaced or its contents changed: device, inode, size, and the times of the last change of
 * the contents and of the node, which no program can set back. The secret keeps these from whoever sees the hash, and
 * makes it useless in another instance.
 *
 * @param secretOf returns 16 random bytes that the program does not know; called when the first hash is made, because
 *   most programs ask for none
 */
export function metadataHasher(secretOf: () => Uint8Array): (stat: NodeStat) => MetadataHash {
  let secret: Uint8Array | undefined;
  return ({ device, inode, size, modified, changed }) => {
    const message = new Uint8Array(40);
    const view = new DataView(message.buffer);
    view.setBigUint64(0, device, true);
    view.setBigUint64(8, inode, true);
    view.setBigUint64(16, size, true);
    view.setBigInt64(24, modified, true);
    view.setBigInt64(32, changed, true);
    const hash = new BigUint64Array(sipHash((secret ??= secretOf()), message).buffer);
    return { lower: hash[0]!, upper: hash[1]! };
  };
}
