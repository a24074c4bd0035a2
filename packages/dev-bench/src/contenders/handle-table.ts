/** The handles of one instance, as the Canonical ABI numbers them: from 1, and freed ones first. */
export class HandleTable {
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
    if (entry === undefined) throw new RangeError('The guest used a handle that it does not have.');
    return entry;
  }

  remove(index: number): unknown {
    const entry = this.get(index);
    this.#entries[index] = undefined;
    this.#free.push(index);
    return entry;
  }
}
