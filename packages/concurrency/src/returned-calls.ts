import { eventLoop } from './event-loop.ts';

/** A call whose result the host receives when the turn of the thread that returned it is over. */
interface ReturnedCall {
  turnIsOver(): void;
}

/**
 * The calls of the host that returned while a thread ran. The host learns of them only when the turn of that thread is
 * over, because a trap until then is told in place of the result. They are told in the order in which they returned.
 */
export class ReturnedCalls {
  /** True while the event loop runs a thread that has no stack of its own. */
  isInTurn = false;
  readonly #calls: ReturnedCall[] = [];
  #later = 0;

  add(call: ReturnedCall): void {
    if (this.isInTurn) {
      this.#calls.push(call);
      return;
    }
    this.#later += 1;
    eventLoop.soon(() => {
      this.#later -= 1;
      call.turnIsOver();
    });
  }

  /** The number of calls that are not told yet. */
  get size(): number {
    return this.#calls.length + this.#later;
  }

  /** The turn of the thread is over. */
  tell(): void {
    if (this.#calls.length === 0) return;
    for (const call of this.#calls.splice(0)) call.turnIsOver();
  }
}
