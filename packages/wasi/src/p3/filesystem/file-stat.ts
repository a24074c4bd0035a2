import { FileError } from '../../files/file-error.ts';
import type { NodeStat, NodeTimes, NodeType } from '../../files/node.ts';
import { type Instant, instantOf, timeOfInstant } from '../clocks/instant.ts';

/** `descriptor-type` of `wasi:filesystem/types`. */
export type DescriptorType =
  { tag: Exclude<NodeType, 'unknown'> } | { tag: 'other'; val: string | undefined };

/** `descriptor-stat` of `wasi:filesystem/types`. */
export interface FileStat {
  type: DescriptorType;
  linkCount: bigint;
  size: bigint;
  dataAccessTimestamp: Instant;
  dataModificationTimestamp: Instant;
  statusChangeTimestamp: Instant;
}

/** `new-timestamp` of `wasi:filesystem/types`. */
export type NewTime = { tag: 'no-change' } | { tag: 'now' } | { tag: 'timestamp'; val: Instant };

/** The times that file systems keep: nanoseconds in a signed integer of 64 bits. */
const LATEST = 2n ** 63n - 1n;

export function descriptorType(type: NodeType): DescriptorType {
  return type === 'unknown' ? { tag: 'other', val: undefined } : { tag: type };
}

export function fileStat({ type, links, size, accessed, modified, changed }: NodeStat): FileStat {
  return {
    type: descriptorType(type),
    linkCount: links,
    size,
    dataAccessTimestamp: instantOf(accessed),
    dataModificationTimestamp: instantOf(modified),
    statusChangeTimestamp: instantOf(changed),
  };
}

/** @throws FileError `invalid` for a time that is not one, and `overflow` for one that file systems cannot keep */
export function changedTimes(accessed: NewTime, modified: NewTime): NodeTimes {
  return { accessed: newTime(accessed), modified: newTime(modified) };
}

function newTime(timestamp: NewTime): bigint | undefined {
  if (timestamp.tag === 'no-change') return undefined;
  // The clock of the file system, which every write shows, and not the one that the program is granted.
  if (timestamp.tag === 'now') return BigInt(Date.now()) * 1_000_000n;
  if (timestamp.val.nanoseconds >= 1_000_000_000) throw new FileError('invalid');
  const time = timeOfInstant(timestamp.val);
  if (time > LATEST || time < -LATEST) throw new FileError('overflow');
  return time;
}
