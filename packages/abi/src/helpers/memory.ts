import { Trap } from '../trap.ts';

/**
 * Typed-array views of a memory, shared by everything that is bound to it. Growing a memory detaches its buffer, and a view
 * of a detached buffer has the length 0: that is how users notice, because asking the memory for its buffer is a call.
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
  /** For numbers that are not aligned. */
  view!: DataView;
  /** The length of the string that was lowered last: lowering has two results, and must not make an object for them. */
  count = 0;
  /** Whether that string was lowered to the utf16 of latin1+utf16. */
  wide = false;
  /**
   * How many more bytes the value that is being lifted may have. Without it a list could hold one long string a million
   * times over, and take a million times the memory that the guest has.
   */
  budget = 0;

  constructor(memory: WebAssembly.Memory) {
    this.memory = memory;
    this.refresh();
  }

  /** To be called where `u8.length` is 0. */
  refresh(): void {
    const buffer = this.memory.buffer;
    const length = buffer.byteLength;
    this.u8 = new Uint8Array(buffer);
    this.i8 = new Int8Array(buffer);
    this.view = new DataView(buffer);
    // Memories may have pages of one byte, and a view of larger elements has a whole number of them.
    this.u16 = new Uint16Array(buffer, 0, length >>> 1);
    this.i16 = new Int16Array(buffer, 0, length >>> 1);
    this.u32 = new Uint32Array(buffer, 0, length >>> 2);
    this.i32 = new Int32Array(buffer, 0, length >>> 2);
    this.f32 = new Float32Array(buffer, 0, length >>> 2);
    this.f64 = new Float64Array(buffer, 0, length >>> 3);
    this.u64 = new BigUint64Array(buffer, 0, length >>> 3);
    this.i64 = new BigInt64Array(buffer, 0, length >>> 3);
  }
}

/** What a value of less than this may take in any case, by saying the same thing again and again. */
const LEAST_BUDGET = 2 ** 26;

/** What a value may take: as much as the memory it comes from, where nothing is in it twice. */
export function budgetFor(memoryLength: number): number {
  return Math.max(memoryLength, LEAST_BUDGET);
}

export function overBudget(): never {
  throw new Trap(
    'a value refers to the same memory so many times that it would take more than the guest has',
  );
}

const views = new WeakMap<WebAssembly.Memory, MemoryViews>();

/** The views of a memory; the same object each time. */
export function viewsOf(memory: WebAssembly.Memory): MemoryViews {
  let known = views.get(memory);
  if (known === undefined) {
    known = new MemoryViews(memory);
    views.set(memory, known);
  }
  return known;
}
