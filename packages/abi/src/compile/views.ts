import type { AddressType, Layout } from '@wit-ts/model/layout';
import type { Code } from './source-text.ts';
import type { FactorySource } from './factory-source.ts';

export type ViewName = 'u8' | 'i8' | 'u16' | 'i16' | 'u32' | 'i32' | 'f32' | 'f64' | 'u64' | 'i64';

/**
 * How emitted code reaches the memory: through locals if nothing can grow the memory in between, otherwise through
 * `m`.
 */
export class Views {
  readonly #factory: FactorySource;
  readonly #place: Code | undefined;
  readonly #used = new Set<ViewName>();

  private constructor(factory: FactorySource, place: Code | undefined) {
    this.#factory = factory;
    this.#place = place;
  }

  /** Returns views for code that calls realloc between its accesses. */
  static direct(factory: FactorySource): Views {
    return new Views(factory, undefined);
  }

  /** Returns views for code that does not call realloc. `close` writes the locals to where the code is now. */
  static local(factory: FactorySource, code: Code): Views {
    return new Views(factory, code.place());
  }

  /** Writes a part of the code with its own views. Locals get a block, because another part may have the same names. */
  static region(
    factory: FactorySource,
    code: Code,
    allocates: boolean,
    write: (views: Views) => void,
    head?: string,
  ): void {
    if (allocates) {
      const views = Views.direct(factory);
      if (head === undefined) write(views);
      else code.block(head, () => write(views));
      return;
    }
    code.block(head ?? '', () => {
      const views = Views.local(factory, code);
      write(views);
      views.close();
    });
  }

  get address(): AddressType {
    return this.#factory.address;
  }

  pointer(core: string): string {
    return pointer(this.#factory, core);
  }

  get(name: ViewName): string {
    this.#factory.usesMemory = true;
    if (this.#place === undefined) return `m.${name}`;
    this.#used.add(name);
    return name;
  }

  /** @param refresh true when the memory may have grown since the views were last used */
  close(refresh = false): void {
    if (this.#place === undefined || this.#used.size === 0) return;
    const locals = [...this.#used].map((name) => `${name} = m.${name}`).join(', ');
    if (refresh) this.#place.line('if (m.u8.length === 0) m.refresh();');
    this.#place.line(`const ${locals};`);
  }
}

/** The view through which each primitive type is read and written. */
export const viewOf = {
  bool: 'u8',
  u8: 'u8',
  s8: 'i8',
  u16: 'u16',
  s16: 'i16',
  u32: 'u32',
  s32: 'i32',
  u64: 'u64',
  s64: 'i64',
  f32: 'f32',
  f64: 'f64',
  char: 'u32',
} as const satisfies Record<string, ViewName>;

/** Converts an address from core wasm, which is signed, to a number. */
export function pointer(factory: FactorySource, core: string): string {
  return factory.address === 'i32' ? `${core} >>> 0` : `${factory.use('toAddress')}(${core})`;
}

/** Converts a length from core wasm, which is signed, to a number. */
export function lengthFrom(address: AddressType, core: string): string {
  return address === 'i32' ? `${core} >>> 0` : `Number(BigInt.asUintN(64, ${core}))`;
}

/** Returns the index in a view for an aligned address. */
export function indexOf(address: AddressType, view: ViewName, ptr: string, offset = 0): string {
  const at = offset === 0 ? ptr : `${ptr} + ${offset}`;
  const shift = shiftOf(view);
  if (shift === 0) return at;
  const operand = offset === 0 ? at : `(${at})`;
  // Addresses of a 64-bit memory may be too large for a shift.
  return address === 'i32' ? `${operand} >>> ${shift}` : `${operand} / ${1 << shift}`;
}

/** Returns the shift from an address to the index in a view. The names of views end in the bits of an element. */
function shiftOf(view: ViewName): number {
  return Math.log2(Number(view.slice(1)) / 8);
}

/**
 * Returns the condition under which a range of memory is misaligned or out of bounds. `length` is the size of the
 * memory.
 */
export function outOfPlace(ptr: string, bytes: string | number, alignment: number, length: string): string {
  const outside = `${ptr} + ${bytes} > ${length}`;
  // The operator cuts an address to 32 bits, which keeps its low bits.
  return alignment === 1 ? outside : `(${ptr} & ${alignment - 1}) !== 0 || ${outside}`;
}

/** Returns the check of the address of values in memory. */
export function checkPointer(
  factory: FactorySource,
  ptr: string,
  { size, alignment }: Layout,
  length: string,
): string {
  return `if (${outOfPlace(ptr, size, alignment, length)}) ${factory.use('badPointer')}(${ptr}, ${alignment});`;
}
