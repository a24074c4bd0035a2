/**
 * Typed-array views of a memory, which everything that is bound to it shares. Growing a memory detaches its buffer,
 * and a view of a detached buffer has length 0. Users check that length, because reading `memory.buffer` is a call.
 */
export class MemoryViews {
  readonly memory: WebAssembly.Memory;
  u8!: Uint8Array;
  i8!: Int8Array;
  u16!: Uint16Array;
  i16!: Int16Array;
  u32!: Uint32Array;
  i32!: Int32Array;
  f32!: Float32Array;
  f64!: Float64Array;
  u64!: BigUint64Array;
  i64!: BigInt64Array;
  /** For unaligned numbers. */
  view!: DataView;
  /**
   * The length of the last lowered string. Lowering a string has two results and must not allocate an object for
   * them.
   */
  count = 0;
  /** True when the last string of latin1+utf16 was lowered as utf16. */
  wide = false;
  /**
   * How many more bytes the values that are being lifted may take in JavaScript. Without a budget, a list could contain
   * the same long string a million times, or a byte for each of a million objects, and fill the memory of the host.
   */
  budget = 0;

  constructor(memory: WebAssembly.Memory) {
    this.memory = memory;
    this.refresh();
  }

  /** Makes new views. Must be called when `u8.length` is 0. */
  refresh(): void {
    const buffer = this.memory.buffer;
    const length = buffer.byteLength;
    this.u8 = new Uint8Array(buffer);
    this.i8 = new Int8Array(buffer);
    this.view = new DataView(buffer);
    // A memory may have pages of one byte, but a view contains only whole elements: constructors drop the fraction. The
    // length may be 2^32 and more, which 32-bit operators cut to nothing.
    this.u16 = new Uint16Array(buffer, 0, length / 2);
    this.i16 = new Int16Array(buffer, 0, length / 2);
    this.u32 = new Uint32Array(buffer, 0, length / 4);
    this.i32 = new Int32Array(buffer, 0, length / 4);
    this.f32 = new Float32Array(buffer, 0, length / 4);
    this.f64 = new Float64Array(buffer, 0, length / 8);
    this.u64 = new BigUint64Array(buffer, 0, length / 8);
    this.i64 = new BigInt64Array(buffer, 0, length / 8);
  }
}

/**
 * Converts an address of a 64-bit memory to a number. A number cannot hold an address beyond 2^53. The result is then
 * out of bounds of every memory, and keeps the low bits, which decide whether the address is aligned.
 */
export function toAddress(core: bigint): number {
  const address = Number(BigInt.asUintN(64, core));
  return address <= Number.MAX_SAFE_INTEGER ? address : 2 ** 52 + Number(core & 15n);
}

const views = new WeakMap<WebAssembly.Memory, MemoryViews>();

/** Returns the views of a memory, the same object each time. */
export function viewsOf(memory: WebAssembly.Memory): MemoryViews {
  let known = views.get(memory);
  if (known === undefined) {
    known = new MemoryViews(memory);
    views.set(memory, known);
  }
  return known;
}

/** Makes a `viewsOf` whose views are objects of a class: those that the code of one static module uses. */
export function viewsBy<Views extends object>(
  makes: new (memory: WebAssembly.Memory) => Views,
): (memory: WebAssembly.Memory) => Views {
  const known = new WeakMap<WebAssembly.Memory, Views>();
  return (memory) => {
    let made = known.get(memory);
    if (made === undefined) known.set(memory, (made = new makes(memory)));
    return made;
  };
}
