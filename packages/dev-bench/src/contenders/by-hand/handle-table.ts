/**
 * The handle table of one instance. As in the Canonical ABI, indices start at 1 and freed indices are used again first.
 */
export class HandWrittenHandles {
  readonly #entries: unknown[] = [undefined];
  readonly #free: number[] = [];

  add(entry: unknown): number {
    const free = this.#free.pop();
    if (free !== undefined) {
      this.#entries[free] = entry;
      return free;
    }
    return this.#entries.push(entry) - 1;
  }

  get(index: number): unknown {
    const entry = this.#entries[index];
    if (entry === undefined) throw new RangeError('the guest used a handle that is not in its table');
    return entry;
  }

  remove(index: number): unknown {
    const entry = this.get(index);
    this.#entries[index] = undefined;
    this.#free.push(index);
    return entry;
  }
}
