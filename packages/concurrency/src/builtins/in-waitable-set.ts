import { Trap } from '@wit-ts/abi';
import type { Waitable } from '../waitable.ts';

/** @throws Trap when a waitable is in a waitable set, where its event would be expected */
export function checkNotInSet(waitable: Waitable): void {
  if (waitable.inWaitableSet)
    throw new Trap('waitable cannot be used synchronously while added to a waitable set');
}
