import type { Thread } from './thread.ts';

/**
 * Chooses which ready thread the event loop resumes next, so that a test can repeat a schedule. With a scheduler, every
 * wait switches to another thread even if it could continue, as in the deterministic profile of the specification
 * (`CanonicalABI.md`, `Thread.wait_until`).
 */
export interface Scheduler {
  /**
   * @param ready the ready threads in the order in which they started to wait, then those that are suspended and to be
   *   cancelled; at least one
   * @returns the index of the one to resume; −1 to be asked again in a later turn of the event loop, after what the
   *   host does until then
   */
  choose(ready: readonly Pick<Thread, 'number'>[]): number;
}
