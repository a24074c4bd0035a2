import type { WritableBuffer } from '../buffer.ts';
import type { Numbers } from './element-kind.ts';

/** The most numbers that iteration reads at a time. */
export const MOST_AT_ONCE = 65_536;

/**
 * Where elements go that the host reads. It takes one portion, with which each read of the host ends, so that elements
 * are copied only once: out of the memory of the guest.
 */
export class HostBuffer implements WritableBuffer {
  #length = 0;
  #values: ArrayLike<unknown> | undefined = undefined;
  #target: Numbers | undefined = undefined;

  /**
   * Makes the buffer ready for another read of at most so many elements.
   *
   * @param target where the host wants numbers
   */
  reset(length: number, target?: Numbers): void {
    this.#length = length;
    this.#values = undefined;
    this.#target = target;
  }

  get target(): Numbers | undefined {
    return this.#target;
  }

  filled(count: number): void {
    this.#values = this.#target!.subarray(0, count);
  }

  get remain(): number {
    return this.#values === undefined ? this.#length : 0;
  }

  get isZeroLength(): boolean {
    return this.#length === 0;
  }

  write(values: ArrayLike<unknown>): void {
    const target = this.#target;
    this.#values = values;
    // The host may have given its array away meanwhile: it then has no room.
    if (target === undefined || values.length > target.length) return;
    target.set(values as ArrayLike<never>);
    this.filled(values.length);
  }

  /** Returns what was written, and forgets it. */
  take(): ArrayLike<unknown> | undefined {
    const values = this.#values;
    this.#values = undefined;
    this.#target = undefined;
    return values;
  }
}
