import { Trap } from '@wit-ts/runtime';
import type { Children } from './children.ts';
import type { Readiness } from './readiness.ts';
import { declaredSynchronous, type Waiter } from './waiter.ts';

/** `pollable` of `wasi:io/poll`. It can be waited for again and again. */
export class Pollable {
  readonly readiness: Readiness;
  readonly #waiter: Waiter;
  readonly #parent: Children | undefined;

  constructor(readiness: Readiness, waiter: Waiter, parent?: Children) {
    this.readiness = readiness;
    this.#waiter = waiter;
    this.#parent = parent;
    parent?.add();
  }

  ready(): boolean {
    return this.readiness.isReady();
  }

  block(): void {
    return declaredSynchronous(this.#untilReady());
  }

  [Symbol.dispose](): void {
    this.#parent?.remove();
    this.readiness.cancel?.();
  }

  #untilReady(): void | Promise<void> {
    while (!this.readiness.isReady()) {
      const waiting = this.#waiter.until([this.readiness]);
      if (waiting !== undefined) return waiting.then(() => this.#untilReady());
    }
  }
}

/** `poll` of `wasi:io/poll`: waits until at least one is ready, and returns the indexes of all that are. */
export function pollWith(waiter: Waiter, pollables: readonly Pollable[]): Uint32Array<ArrayBuffer> {
  if (pollables.length === 0)
    throw new Trap('the program called `poll` of `wasi:io/poll` with an empty list');
  return declaredSynchronous(untilSomeReady(pollables, waiter));
}

type Indexes = Uint32Array<ArrayBuffer>;

function untilSomeReady(pollables: readonly Pollable[], waiter: Waiter): Indexes | Promise<Indexes> {
  for (;;) {
    const ready: number[] = [];
    for (const [index, pollable] of pollables.entries()) if (pollable.ready()) ready.push(index);
    if (ready.length > 0) return Uint32Array.from(ready);
    const waiting = waiter.until([...new Set(pollables.map(({ readiness }) => readiness))]);
    if (waiting !== undefined) return waiting.then(() => untilSomeReady(pollables, waiter));
  }
}
