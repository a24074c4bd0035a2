import type { Clocks } from '../../system/system.ts';
import type { Readiness } from '../io/readiness.ts';

const MILLISECOND = 1e6;

/**
 * A timer that `subscribe-duration` or `subscribe-instant` starts, or `poll_oneoff` of preview 1. It runs in real time,
 * whatever the clock shows.
 */
export class Timer implements Readiness {
  readonly block: ((milliseconds: number) => boolean) | undefined;
  readonly #clocks: Clocks;
  /** In milliseconds of `performance.now()`. */
  readonly #end: number;
  #abort: AbortController | undefined;

  /** @param duration in nanoseconds */
  constructor(duration: bigint, clocks: Clocks) {
    this.#clocks = clocks;
    this.#end = duration <= 0n ? 0 : performance.now() + Number(duration) / MILLISECOND;
    const { sleep } = clocks;
    if (sleep !== undefined)
      this.block = (milliseconds) => {
        sleep.call(clocks, nanoseconds(Math.min(milliseconds, this.remaining())));
        return this.isReady();
      };
  }

  isReady(): boolean {
    return this.#end === 0 || performance.now() >= this.#end;
  }

  remaining(): number {
    return Math.max(0, this.#end - performance.now());
  }

  whenReady(): Promise<void> {
    this.#abort ??= new AbortController();
    return this.#clocks.sleeping(nanoseconds(this.remaining()), this.#abort.signal);
  }

  cancel(): void {
    this.#abort?.abort();
  }
}

function nanoseconds(milliseconds: number): bigint {
  return BigInt(Math.ceil(milliseconds * MILLISECOND));
}
