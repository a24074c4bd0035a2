import type { Readiness } from './readiness.ts';

/** How long the thread sleeps between looks when several things can block it and none of them knows of the others. */
const LONGEST_SLICE = 20;

/** Waits for one of several things: by blocking the thread if that is possible, otherwise with a promise. */
export class Waiter {
  readonly #suspends: boolean;
  readonly #wakeUps = new WeakMap<Readiness, WakeUp>();

  /** @param suspends whether to return promises even if the thread could be blocked, so that others can use it */
  constructor(suspends: boolean) {
    this.#suspends = suspends;
  }

  /**
   * Waits until one of these may be ready. Returns `undefined` after it has blocked the thread, and otherwise a promise
   * that never rejects. The caller then looks again.
   */
  until(all: readonly Readiness[]): Promise<void> | undefined {
    if (this.#suspends || all.some((each) => each.block === undefined)) return this.#firstOf(all);
    blockThread(all);
    return undefined;
  }

  #firstOf(all: readonly Readiness[]): Promise<void> {
    return new Promise((resolve) => {
      const wakeUps = all.map((each) => this.#wakeUpOf(each));
      const wake = (): void => {
        for (const each of wakeUps) each.forget(wake);
        resolve();
      };
      for (const each of wakeUps) each.listen(wake);
    });
  }

  #wakeUpOf(readiness: Readiness): WakeUp {
    let found = this.#wakeUps.get(readiness);
    if (found === undefined) this.#wakeUps.set(readiness, (found = new WakeUp(readiness)));
    return found;
  }
}

/**
 * Asks something for one promise at a time, however often a program waits for it together with others: racing the same
 * promise again and again would keep a reaction for each race.
 */
class WakeUp {
  readonly #readiness: Readiness;
  readonly #listeners = new Set<() => void>();
  #isWaiting = false;

  constructor(readiness: Readiness) {
    this.#readiness = readiness;
  }

  listen(listener: () => void): void {
    this.#listeners.add(listener);
    if (this.#isWaiting) return;
    this.#isWaiting = true;
    this.#readiness.whenReady().then(this.#wake, this.#wake);
  }

  forget(listener: () => void): void {
    this.#listeners.delete(listener);
  }

  readonly #wake = (): void => {
    this.#isWaiting = false;
    for (const listener of this.#listeners) listener();
  };
}

/** Blocks the thread until one is ready. Timers limit how long the others block it. */
function blockThread(all: readonly Readiness[]): void {
  const others = all.filter(({ remaining }) => remaining === undefined);
  for (let slice = 1; ; slice = Math.min(slice * 2, LONGEST_SLICE)) {
    const [next, limit] = firstTimer(all);
    if (others.length < 2) return void (others[0] ?? next)?.block?.(limit);
    for (const each of others) if (each.block?.(Math.min(slice, limit)) === true) return;
    if (limit <= slice) return;
  }
}

/** Returns the timer that is ready first, and after how many milliseconds that is; never without timers. */
function firstTimer(all: readonly Readiness[]): [Readiness | undefined, milliseconds: number] {
  let [first, limit]: [Readiness | undefined, number] = [undefined, Infinity];
  for (const each of all) {
    const remaining = each.remaining?.() ?? Infinity;
    if (remaining < limit) [first, limit] = [each, remaining];
  }
  return [first, limit];
}

/**
 * Gives a promise the type of the value that it stands for. WIT declares a function that waits as synchronous: when it
 * returns a promise, the runtime suspends the component (`suspend` of `instantiate`) or refuses the promise.
 */
export function declaredSynchronous<T>(value: T | Promise<T>): T {
  return value as T;
}
