import { FileError } from '../file-error.ts';

/**
 * The descriptors and sockets of one instance that are open. They have a limit, because each holds resources of the
 * host, and all of them are closed when the instance ends.
 */
export class OpenDescriptors {
  readonly #limit: number;
  readonly #open = new Set<{ close(): void }>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  get count(): number {
    return this.#open.size;
  }

  get hasRoom(): boolean {
    return this.#open.size < this.#limit;
  }

  /** Throws `too-many-open-files` when one more would exceed the limit. */
  checkRoom(): void {
    if (this.hasRoom) return;
    throw new FileError('too-many-open-files', `the program has ${this.#limit} open descriptors already`);
  }

  add(descriptor: { close(): void }): void {
    this.checkRoom();
    this.#open.add(descriptor);
  }

  remove(descriptor: { close(): void }): void {
    this.#open.delete(descriptor);
  }

  closeAll(): void {
    for (const descriptor of this.#open) descriptor.close();
    this.#open.clear();
  }
}
