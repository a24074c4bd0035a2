import { Trap } from '@wit-ts/runtime';

/** Counts the resources that must be dropped before their parent, as pollables before their stream. */
export class Children {
  readonly #parent: string;
  #count = 0;

  /** @param parent what messages call the parent: `input-stream` */
  constructor(parent: string) {
    this.#parent = parent;
  }

  add(): void {
    this.#count += 1;
  }

  remove(): void {
    this.#count -= 1;
  }

  /** Called before the parent goes. @throws Trap while there are children */
  assertNone(): void {
    if (this.#count > 0)
      throw new Trap(
        `the program dropped its \`${this.#parent}\` before ${this.#count} resource(s) made from it`,
      );
  }
}
