import type { AddressType, Layout } from '@wit-ts/model/layout';
import type { Code } from './source-text.ts';
import type { FactorySource } from './factory-source.ts';

export type ViewName = 'u8' | 'i8' | 'u16' | 'i16' | 'u32' | 'i32' | 'f32' | 'f64' | 'u64' | 'i64';

/** How code reaches the memory: through locals where nothing can grow it in between, through `m` where something can. */
export class Views {
  readonly #factory: FactorySource;
  readonly #place: Code | undefined;
  readonly #used = new Set<ViewName>();

  private constructor(factory: FactorySource, place: Code | undefined) {
    this.#factory = factory;
    this.#place = place;
  }

  /** For code that calls realloc between its accesses. */
  static direct(factory: FactorySource): Views {
    return new Views(factory, undefined);
  }

  /** For code that does not: `close` puts the locals where the code is now. */
  static local(factory: FactorySource, code: Code): Views {
    return new Views(factory, code.place());
  }

  /** Views for a stretch of code: in a block of its own where they are locals, for another stretch may have the same. */
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

  get(name: ViewName): string {
    this.#factory.usesMemory = true;
    if (this.#place === undefined) return `m.${name}`;
    this.#used.add(name);
    return name;
  }

  /** @param refresh whether the memory may have grown since the views were used last */
  close(refresh = false): void {
    if (this.#place === undefined || this.#used.size === 0) return;
    const locals = [...this.#used].map((name) => `${name} = m.${name}`).join(', ');
    if (refresh) this.#place.line('if (m.u8.length === 0) m.refresh();');
    this.#place.line(`const ${locals};`);
  }
}

/** Where each primitive that lies in memory as a number is read and written. */
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

/** An address or a length as core wasm hands it over, signed, as a number. */
export function pointer(factory: FactorySource, core: string): string {
  return factory.address === 'i32' ? `${core} >>> 0` : `Number(BigInt.asUintN(64, ${core}))`;
}

/** The index in a view of an address that is aligned for it. */
export function indexOf(address: AddressType, view: ViewName, ptr: string, offset = 0): string {
  const at = offset === 0 ? ptr : `${ptr} + ${offset}`;
  const shift = shiftOf(view);
  if (shift === 0) return at;
  const operand = offset === 0 ? at : `(${at})`;
  // Addresses of a 64-bit memory may be beyond what a shift can take.
  return address === 'i32' ? `${operand} >>> ${shift}` : `${operand} / ${1 << shift}`;
}

/** How far an address is shifted for the index in a view: the names end in the number of bits of an element. */
function shiftOf(view: ViewName): number {
  return Math.log2(Number(view.slice(1)) / 8);
}

/** The condition under which a stretch of memory is misaligned or out of bounds; `length` is the memory's. */
export function outOfPlace(ptr: string, bytes: string | number, alignment: number, length: string): string {
  const outside = `${ptr} + ${bytes} > ${length}`;
  // The low bits of an address survive the operator's cut to 32 bits, also where the memory is larger.
  return alignment === 1 ? outside : `(${ptr} & ${alignment - 1}) !== 0 || ${outside}`;
}

/** The checks on the address of values in memory. */
export function checkPointer(
  factory: FactorySource,
  ptr: string,
  { size, alignment }: Layout,
  length: string,
): string {
  return `if (${outOfPlace(ptr, size, alignment, length)}) ${factory.use('badPointer')}(${ptr}, ${alignment});`;
}
