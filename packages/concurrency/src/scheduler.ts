import type { Thread } from './thread.ts';

/**
 * Chooses which ready thread the event loop resumes next, so that a test can repeat a schedule. With a scheduler, every
 * wait switches to another thread even if it could continue, as in the deterministic profile of the specification
 * (`CanonicalABI.md`, `Thread.wait_until`).
 */
export interface Scheduler {
  /**
   * @param ready the ready threads in the order in which they started to wait; at least one
   * @returns the index of the one to resume
   */
  choose(ready: readonly Pick<Thread, 'number'>[]): number;
}
