/** A set that can say what was added since. */
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

  /** What was added since there were so many. */
  since(size: number): readonly T[] {
    return this.#list.slice(size);
  }
}
