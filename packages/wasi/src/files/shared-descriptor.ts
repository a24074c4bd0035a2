import type { Descriptor } from './descriptor.ts';

/**
 * An open file or directory with the number of those who use it. A program may drop a descriptor and go on with the
 * streams that it has made from it, so the last of them closes it.
 */
export class SharedDescriptor {
  readonly descriptor: Descriptor;
  #users = 0;

  constructor(descriptor: Descriptor) {
    this.descriptor = descriptor;
  }

  /** Returns what releases the descriptor; calling it again does nothing. */
  use(): () => void {
    this.#users += 1;
    let isUsed = true;
    return () => {
      if (!isUsed) return;
      isUsed = false;
      this.#users -= 1;
      if (this.#users === 0) this.descriptor.close();
    };
  }
}
