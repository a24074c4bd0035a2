import type { ValueReader } from '../readers.ts';

/** The address and the number of consecutive values, which lifting reads like the elements of a list. */
export class RangeReader implements ValueReader {
  readonly #ptr: string;
  readonly #count: string;

  /** @param ptr the expression of the address, as a number @param count the expression of the number of values */
  constructor(ptr: string, count: string) {
    this.#ptr = ptr;
    this.#count = count;
  }

  pointers(): { readonly ptr: string; readonly length: string; readonly raw: string } {
    return { ptr: this.#ptr, length: this.#count, raw: this.#count };
  }

  primitive(): never {
    throw onlyList();
  }

  bits(): never {
    throw onlyList();
  }

  members(): never {
    throw onlyList();
  }

  variant(): never {
    throw onlyList();
  }
}

function onlyList(): TypeError {
  return new TypeError('a range of values is read as a list');
}
