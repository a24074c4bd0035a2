import type { Waiter } from '../p2/io/waiter.ts';
import type { System } from '../system/system.ts';
import type { DescriptorTable } from './descriptor-table.ts';
import type { GuestMemory } from './guest-memory.ts';
import type { GuestTrap } from './guest-trap.ts';

/** The name of the module that programs import. */
export const PREVIEW1 = 'wasi_snapshot_preview1';

/** What the functions of one program share. */
export interface CallContext {
  readonly system: System;
  readonly memory: GuestMemory;
  readonly table: DescriptorTable;
  readonly waiter: Waiter;
  readonly trap: GuestTrap;
}

/**
 * A function of preview 1 as the program calls it: numbers are `i32`, bigints are `i64`, both signed. It returns
 * nothing for success and ends with `fail` otherwise. A function that has to wait in the event loop returns a promise.
 */
export type GuestFunction = (...args: never[]) => void | Promise<void>;

/** Reports a call that needs a grant that is missing and has no argument, as a clock. */
export function refuseCall(system: System, name: string, reason: string): void {
  system.refuse({ interface: PREVIEW1, function: name, asked: '', reason, flags: [] });
}
