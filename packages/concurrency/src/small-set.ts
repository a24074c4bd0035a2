/**
 * A set that keeps the order of insertion, as `Set` does. Nearly all sets of tasks and waitables have one member at
 * most, for which no table is made.
 */
export class SmallSet<T extends object> {
  #only: T | undefined = undefined;
  /** All members, once there were two. */
  #all: Set<T> | undefined = undefined;

  get size(): number {
    if (this.#all !== undefined) return this.#all.size;
    return this.#only === undefined ? 0 : 1;
  }

  /** The member that was added first. */
  get first(): T | undefined {
    if (this.#all === undefined) return this.#only;
    for (const first of this.#all) return first;
    return undefined;
  }

  add(member: T): void {
    if (this.#all !== undefined) this.#all.add(member);
    else if (this.#only === undefined) this.#only = member;
    else if (this.#only !== member) {
      this.#all = new Set([this.#only, member]);
      this.#only = undefined;
    }
  }

  delete(member: T): boolean {
    if (this.#all !== undefined) return this.#all.delete(member);
    if (this.#only !== member) return false;
    this.#only = undefined;
    return true;
  }

  clear(): void {
    this.#only = undefined;
    this.#all = undefined;
  }

  /** Returns the first member that fulfils a condition. */
  find(fulfils: (member: T) => boolean): T | undefined {
    if (this.#all === undefined)
      return this.#only !== undefined && fulfils(this.#only) ? this.#only : undefined;
    for (const member of this.#all) if (fulfils(member)) return member;
    return undefined;
  }

  toArray(): T[] {
    if (this.#all !== undefined) return [...this.#all];
    return this.#only === undefined ? [] : [this.#only];
  }
}
