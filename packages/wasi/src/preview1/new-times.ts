import type { NodeTimes } from '../files/node.ts';
import type { System } from '../system/system.ts';
import { fail } from './errno.ts';

/** `fstflags` */
const FSTFLAGS = { accessed: 1, accessedNow: 2, modified: 4, modifiedNow: 8 } as const;

/** Returns the times that a call sets. Ends it with `inval` when it sets a time to two values. */
export function newTimes(system: System, accessed: bigint, modified: bigint, flags: number): NodeTimes {
  const chosen = (given: number, now: number, time: bigint): bigint | undefined => {
    if ((flags & given) !== 0 && (flags & now) !== 0) return fail('inval');
    if ((flags & given) !== 0) return BigInt.asUintN(64, time);
    return (flags & now) === 0 ? undefined : timeOfChange(system);
  };
  return {
    accessed: chosen(FSTFLAGS.accessed, FSTFLAGS.accessedNow, accessed),
    modified: chosen(FSTFLAGS.modified, FSTFLAGS.modifiedNow, modified),
  };
}

/** Every change of a file takes the time of the host, which a program may therefore ask for without a clock. */
function timeOfChange({ clocks }: System): bigint {
  return clocks?.wallNow() ?? BigInt(Date.now()) * 1_000_000n;
}
