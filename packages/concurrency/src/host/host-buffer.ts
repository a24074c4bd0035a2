import type { WritableBuffer } from '../buffer.ts';

/** The most numbers that iteration reads at a time. */
export const MOST_AT_ONCE = 65_536;

/**
 * Where elements go that the host reads. It takes one portion, with which each read of the host ends, so that elements
 * are copied only once: out of the memory of the guest.
 */
export class HostBuffer implements WritableBuffer {
  #length = 0;
  #values: ArrayLike<unknown> | undefined = undefined;

  /** Makes the buffer ready for another read of at most so many elements. */
  reset(length: number): void {
    this.#length = length;
    this.#values = undefined;
  }

  get remain(): number {
    return this.#values === undefined ? this.#length : 0;
  }

  get isZeroLength(): boolean {
    return this.#length === 0;
  }

  write(values: ArrayLike<unknown>): void {
    this.#values = values;
  }

  /** Returns what was written, and forgets it. */
  take(): ArrayLike<unknown> | undefined {
    const values = this.#values;
    this.#values = undefined;
    return values;
  }
}
