import { FileError } from '../../files/file-error.ts';
import type { NodeStat, NodeTimes, NodeType } from '../../files/node.ts';
import { type Datetime, datetimeOf, timeOf } from '../clocks/datetime.ts';

/** `descriptor-stat` of `wasi:filesystem/types`. */
export interface DescriptorStat {
  type: NodeType;
  linkCount: bigint;
  size: bigint;
  dataAccessTimestamp: Datetime | undefined;
  dataModificationTimestamp: Datetime | undefined;
  statusChangeTimestamp: Datetime | undefined;
}

/** `new-timestamp` of `wasi:filesystem/types`. */
export type NewTimestamp = { tag: 'no-change' } | { tag: 'now' } | { tag: 'timestamp'; val: Datetime };

/** The latest time that file systems keep: the nanoseconds of a signed integer of 64 bits. */
const LATEST = 2n ** 63n - 1n;

export function descriptorStat({ type, links, size, accessed, modified, changed }: NodeStat): DescriptorStat {
  return {
    type,
    linkCount: links,
    size,
    dataAccessTimestamp: timestampOf(accessed),
    dataModificationTimestamp: timestampOf(modified),
    statusChangeTimestamp: timestampOf(changed),
  };
}

/** @throws FileError when a time is none, or later than file systems can keep */
export function nodeTimes(accessed: NewTimestamp, modified: NewTimestamp): NodeTimes {
  return { accessed: newTime(accessed), modified: newTime(modified) };
}

/** A `datetime` is not before 1970, so that the program does not see an earlier time. */
function timestampOf(time: bigint): Datetime | undefined {
  return time < 0n ? undefined : datetimeOf(time);
}

function newTime(timestamp: NewTimestamp): bigint | undefined {
  switch (timestamp.tag) {
    case 'no-change':
      return undefined;
    case 'now':
      // The clock of the file system, which every write shows anyway, and not the clock that the program is granted.
      return BigInt(Date.now()) * 1_000_000n;
    case 'timestamp': {
      const time = timeOf(timestamp.val);
      if (time === undefined) throw new FileError('invalid');
      if (time > LATEST) throw new FileError('overflow');
      return time;
    }
  }
}
