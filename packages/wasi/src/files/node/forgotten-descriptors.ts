import { closeSync } from 'node:fs';

/**
 * Closes descriptors of objects that are collected without having been closed. All functions of Node that use these
 * descriptors are synchronous, so none of them is under way when that happens.
 */
const forgotten = new FinalizationRegistry<number>((fd) => {
  try {
    closeSync(fd);
  } catch {
    // Nobody is there who could be told.
  }
});

/** Closes a descriptor of the system when its owner is collected: an instance that is never closed keeps none open. */
export function closeIfForgotten(owner: object, fd: number): void {
  forgotten.register(owner, fd, owner);
}

/** Closes the descriptors of an owner now. */
export function closeOwned(owner: object, fds: readonly number[]): void {
  forgotten.unregister(owner);
  for (const fd of fds) closeSync(fd);
}
