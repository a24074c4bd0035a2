/** Remembers a value for a list of objects, as long as the objects are in use. */
export class MemoByObjects<T> {
  readonly #next = new WeakMap<object, MemoByObjects<T>>();
  #value: T | undefined;

  get([first, ...rest]: readonly object[]): T | undefined {
    return first === undefined ? this.#value : this.#next.get(first)?.get(rest);
  }

  set([first, ...rest]: readonly object[], value: T): void {
    if (first === undefined) {
      this.#value = value;
      return;
    }
    let next = this.#next.get(first);
    if (next === undefined) {
      next = new MemoByObjects();
      this.#next.set(first, next);
    }
    next.set(rest, value);
  }
}
