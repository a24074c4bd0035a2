import type { Component } from '@wit-ts/component';
import { ByteReader } from '@wit-ts/component/binary';

const SORT_NAMES = 1;
const INSTANCE = 5;

/**
 * The names of a component's instances, by index (`Binary.md`, "Name Section"). They are for messages only, so missing
 * and faulty ones are left out. A name is decoded when it is asked for, because most instances are never named.
 */
export class InstanceNames {
  readonly #reader: ByteReader;
  /** Where each name begins. */
  readonly #positions = new Map<number, number>();

  constructor({ customSections }: Component) {
    const section = customSections.find(({ name }) => name === 'component-name');
    this.#reader = new ByteReader(section?.bytes ?? new Uint8Array());
    orUndefined(() => this.#read(this.#reader));
  }

  get(index: number): string | undefined {
    const position = this.#positions.get(index);
    if (position === undefined) return undefined;
    this.#reader.position = position;
    return orUndefined(() => this.#reader.name());
  }

  #read(reader: ByteReader): void {
    while (!reader.atEnd) {
      const id = reader.byte();
      const end = reader.u32() + reader.position;
      if (id === SORT_NAMES && reader.byte() === INSTANCE) {
        reader.vec(() => {
          this.#positions.set(reader.u32(), reader.position);
          reader.take(reader.u32());
        });
      }
      reader.position = end;
    }
  }
}

/** Returns `undefined` for faulty bytes. */
function orUndefined<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
