/**
 * The time in which the event loop, a caller or a canceller has given control to threads with suspended stacks. It is
 * over when the thread that has control blocks or ends. The platform continues a suspended stack only some microtasks
 * later, so a turn may last longer than the function that started it.
 */
export class Turn {
  #isOver = false;
  #paused: (() => void) | undefined = undefined;

  /** Calls a function when the turn is over, or now if it is. */
  whenOver(paused: () => void): void {
    if (this.#isOver) paused();
    else this.#paused = paused;
  }

  end(): void {
    this.#isOver = true;
    this.#paused?.();
  }
}
