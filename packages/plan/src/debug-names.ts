import type { Component } from '@wit-ts/component';

const utf8 = new TextDecoder();

const SORT_NAMES = 1;
const INSTANCE = 5;

/**
 * The names of a component's instances, by index (`Binary.md`, "Name Section"). They are for messages only, so missing
 * and faulty ones are left out. A name is decoded when it is asked for, because most instances are never named.
 */
export class InstanceNames {
  readonly #bytes: Uint8Array;
  #position = 0;
  /** The offsets of the lengths of all names. */
  readonly #names = new Map<number, number>();

  constructor({ customSections }: Component) {
    this.#bytes = customSections.find(({ name }) => name === 'component-name')?.bytes ?? new Uint8Array();
    const { length } = this.#bytes;
    while (this.#position < length) {
      const id = this.#u32();
      const size = this.#u32();
      const end = this.#position + size;
      if (id === SORT_NAMES && this.#bytes[this.#position++] === INSTANCE) {
        for (let count = this.#u32(); count > 0 && this.#position < Math.min(end, length); count -= 1) {
          this.#names.set(this.#u32(), this.#position);
          const bytes = this.#u32();
          this.#position += bytes;
        }
      }
      this.#position = end;
    }
  }

  get(index: number): string | undefined {
    const at = this.#names.get(index);
    if (at === undefined) return undefined;
    this.#position = at;
    const length = this.#u32();
    return utf8.decode(this.#bytes.subarray(this.#position, this.#position + length));
  }

  #u32(): number {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.#bytes[this.#position++] ?? 0;
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) break;
    }
    return value;
  }
}
