/** Something of the host that a program holds. */
export interface OpenHandle {
  close(): void;
}

/**
 * The descriptors and sockets that one instance holds. They are counted against the limit, and closed with the
 * instance: a program that traps drops nothing itself.
 */
export class OpenHandles {
  readonly #most: number;
  readonly #handles = new Set<OpenHandle>();

  /** @param most the limit `descriptors` of the grants */
  constructor(most: number) {
    this.#most = most;
  }

  get isFull(): boolean {
    return this.#handles.size >= this.#most;
  }

  /** Adds a handle. The caller has looked at `isFull` before it opened anything. */
  add(handle: OpenHandle): void {
    this.#handles.add(handle);
  }

  /** Forgets a handle that is closed by its owner. Returns false if it was closed already. */
  remove(handle: OpenHandle): boolean {
    return this.#handles.delete(handle);
  }

  closeAll(): void {
    for (const handle of this.#handles) {
      this.#handles.delete(handle);
      handle.close();
    }
  }
}
