import { eventLoop } from './event-loop.ts';

/** Counts the turns of a store's threads, and lets timers and I/O of the platform have theirs after many of them. */
export class PlatformTurns {
  readonly #run: () => void;
  #count = 0;
  /** How often something has happened since ready threads began to wait; `undefined` while they do not. */
  #postponed: number | undefined = undefined;
  #isLaterDue = false;

  /** @param run runs ready threads */
  constructor(run: () => void) {
    this.#run = run;
  }

  count(): void {
    this.#count += 1;
  }

  /** Ready threads run again. */
  begin(): void {
    this.#postponed = undefined;
  }

  /** Returns true if ready threads have to wait now. They will run after timers and I/O. */
  postpone(): boolean {
    if (this.#count < eventLoop.turns) return false;
    this.#count = 0;
    this.#postponed = 0;
    if (!this.#isLaterDue) eventLoop.later(this.#runLater);
    this.#isLaterDue = true;
    return true;
  }

  readonly #runLater = (): void => {
    this.#isLaterDue = false;
    this.#run();
  };

  /**
   * Something has happened. If the host goes on by itself, it lets timers and I/O in no more than the component does:
   * ready threads then run again, so that its calls do not pile up.
   */
  happened(): void {
    if (this.#postponed === undefined) return;
    this.#postponed += 1;
    if (this.#postponed === eventLoop.turns) eventLoop.soon(this.#run);
  }
}
