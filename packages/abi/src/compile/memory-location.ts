import type { AddressType } from '@wit-ts/model/layout';
import { indexOf, type ViewName } from './views.ts';

/** How emitted code reaches a memory: see `Views` and `PartyViews`. */
interface MemoryAccess {
  readonly address: AddressType;
  /** Returns the expression of a view. */
  get(name: ViewName): string;
  /** Converts an address of a 64-bit memory to a number. */
  pointer(core: string): string;
}

/** The location of a value in memory: an offset from a pointer. */
export class MemoryLocation {
  readonly ptr: string;
  readonly offset: number;
  readonly #access: MemoryAccess;

  constructor(access: MemoryAccess, ptr: string, offset: number) {
    this.#access = access;
    this.ptr = ptr;
    this.offset = offset;
  }

  /** The expression of the value's address. */
  get address(): string {
    return this.offset === 0 ? this.ptr : `${this.ptr} + ${this.offset}`;
  }

  /** Returns the element of a view at the value, or at some bytes after its start. */
  at(view: ViewName, behind = 0): string {
    const { address } = this.#access;
    return `${this.#access.get(view)}[${indexOf(address, view, this.ptr, this.offset + behind)}]`;
  }

  /** Returns the address and the length of a string or list, as numbers. `raw` is the length as it is in memory. */
  pointers(): { readonly ptr: string; readonly length: string; readonly raw: string } {
    if (this.#access.address === 'i32') {
      const length = this.at('u32', 4);
      return { ptr: this.at('u32'), length, raw: length };
    }
    const raw = this.at('u64', 8);
    return { ptr: this.#access.pointer(this.at('u64')), length: `Number(${raw})`, raw };
  }
}
