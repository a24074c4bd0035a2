import type { Waiter } from '../p2/io/waiter.ts';
import type { System } from '../system/system.ts';
import type { DescriptorTable } from './descriptor-table.ts';
import type { ProgramMemory } from './program-memory.ts';
import type { GuestTrap } from './guest-trap.ts';

/** The name of the module that programs import. */
export const PREVIEW1 = 'wasi_snapshot_preview1';

/** What the functions of one program share. */
export interface CallContext {
  readonly system: System;
  readonly memory: ProgramMemory;
  readonly table: DescriptorTable;
  readonly waiter: Waiter;
  readonly trap: GuestTrap;
}

/**
 * A function of preview 1 as the program calls it: numbers are `i32`, bigints are `i64`, both signed. It returns
 * nothing for success and ends with `fail` otherwise. A function that has to wait in the event loop returns a promise.
 */
export type Preview1Function = (...args: never[]) => void | Promise<void>;

/**
 * Reports a call of a function that is not granted and has no argument, as that of a clock. Returns what was missing.
 *
 * @param grant how the host would grant it: `clocks: true`
 */
export function refuseCall(system: System, name: string, grant: string): string {
  const reason = `it is not granted; \`${grant}\` in the grants would allow it`;
  system.refuse({ interface: PREVIEW1, function: name, asked: '', reason, flags: [] });
  return reason;
}
