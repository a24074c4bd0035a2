/**
 * A set that keeps the order of insertion, as `Set` does. Nearly all sets of tasks and waitables have one member at
 * most, for which no table is made.
 */
export class SmallSet<T extends object> {
  #only: T | undefined = undefined;
  /** All members, once there were two. */
  #all: Set<T> | undefined = undefined;
  #queue: Queue<T> | undefined = undefined;

  get size(): number {
    if (this.#all !== undefined) return this.#all.size;
    return this.#only === undefined ? 0 : 1;
  }

  /** The member that was added first. */
  get first(): T | undefined {
    if (this.#all === undefined) return this.#only;
    this.#queue ??= new Queue(this.#all);
    return this.#queue.first;
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
    if (this.#all !== undefined) {
      this.#queue?.forget(member);
      return this.#all.delete(member);
    }
    if (this.#only !== member) return false;
    this.#only = undefined;
    return true;
  }

  clear(): void {
    this.#only = undefined;
    this.#all = undefined;
    this.#queue = undefined;
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

/**
 * Finds the first member of a set again and again while the first ones are deleted. A new iterator would pass the
 * places of all deleted members each time.
 */
class Queue<T> {
  readonly #all: Set<T>;
  #iterator: SetIterator<T>;
  /** The first member, once it was looked for. The iterator has passed nothing else that is still there. */
  #first: T | undefined = undefined;

  constructor(all: Set<T>) {
    this.#all = all;
    this.#iterator = all.values();
  }

  get first(): T | undefined {
    if (this.#first === undefined) this.#first = this.#next();
    return this.#first;
  }

  #next(): T | undefined {
    const { value, done } = this.#iterator.next();
    if (done !== true) return value;
    // An iterator that has ended does not see what is added later.
    this.#iterator = this.#all.values();
    return this.#iterator.next().value;
  }

  forget(member: T): void {
    if (this.#first === member) this.#first = undefined;
  }
}
