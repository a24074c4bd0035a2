/** A set that remembers the order of its items, so that it can return the items added since a moment. */
export class AppendOnlySet<T> {
  readonly #set = new Set<T>();
  readonly #list: T[] = [];

  get size(): number {
    return this.#list.length;
  }

  has(item: T): boolean {
    return this.#set.has(item);
  }

  add(item: T): void {
    if (this.#set.has(item)) return;
    this.#set.add(item);
    this.#list.push(item);
  }

  /** Returns the items added since the set had this size. */
  since(size: number): readonly T[] {
    return this.#list.slice(size);
  }
}
