import type { Descriptor } from '../../files/descriptor.ts';

/**
 * An open file or directory with the resources that use it. A program may drop a descriptor and go on with the streams
 * that it made from it, so the file is closed with the last of them.
 */
export class HeldDescriptor {
  readonly descriptor: Descriptor;
  #users = 0;

  constructor(descriptor: Descriptor) {
    this.descriptor = descriptor;
  }

  hold(): void {
    this.#users += 1;
  }

  release(): void {
    this.#users -= 1;
    if (this.#users === 0) this.descriptor.close();
  }
}
