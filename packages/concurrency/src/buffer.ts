import { type ComponentInstance, Trap } from '@wit-ts/abi';

/** `Buffer.MAX_LENGTH`. */
const MAX_LENGTH = 2 ** 28 - 1;

/** Elements on their way (`CanonicalABI.md`, "Buffer State"). `remain` counts those that are not copied yet. */
export interface Buffer {
  readonly remain: number;
  /** True when the buffer was made for no elements. */
  readonly isZeroLength: boolean;
}

/** A buffer that elements are read out of. */
export interface ReadableBuffer extends Buffer {
  /** Returns the next elements, at most as many as remain. Without an element type, only their number is known. */
  read(count: number): ArrayLike<unknown>;
}

/** A buffer that elements are written into. */
export interface WritableBuffer extends Buffer {
  /** Adds elements, at most as many as remain. */
  write(values: ArrayLike<unknown>): void;
  /** Where the host wants numbers, as the bytes of their memory. */
  readonly target?: ArrayBufferView | undefined;
  /** Elements were put into the target. */
  filled?(count: number): void;
}

/** Loads and stores elements of a stream or future in the memory of one instance. */
export interface ElementCodec {
  /** The size of an element in bytes, a multiple of its alignment. */
  readonly size: number;
  readonly alignment: number;
  readonly memory: WebAssembly.Memory;
  load(ptr: number, count: number): ArrayLike<unknown>;
  /** @throws TypeError when a value of the host does not fit */
  store(values: ArrayLike<unknown>, ptr: number): void;
  /** Copies into the memory of another instance without making values; `undefined` when that is not possible. */
  copyTo(other: ElementCodec): ((from: number, to: number, count: number) => void) | undefined;
}

/** A range of an instance's memory. */
export class GuestBuffer implements ReadableBuffer, WritableBuffer {
  readonly instance: ComponentInstance;
  /** Absent for a stream or future without an element type. */
  readonly elements: ElementCodec | undefined;
  length = 0;
  progress = 0;
  #ptr = 0;

  constructor(instance: ComponentInstance, elements: ElementCodec | undefined) {
    this.instance = instance;
    this.elements = elements;
  }

  /** @throws Trap when there are too many elements, or the range is misaligned or out of bounds */
  reset(ptr: number, length: number): void {
    const { elements } = this;
    if (length > MAX_LENGTH) throw new Trap(`a buffer of ${length} elements is too long`);
    if (elements !== undefined && length > 0) {
      if (ptr % elements.alignment !== 0) throw new Trap(`a buffer at ${ptr} is not aligned`);
      if (ptr + length * elements.size > elements.memory.buffer.byteLength)
        throw new Trap(`a buffer of ${length} elements at ${ptr} is out of bounds of memory`);
    }
    this.length = length;
    this.progress = 0;
    this.#ptr = ptr;
  }

  get remain(): number {
    return this.length - this.progress;
  }

  get isZeroLength(): boolean {
    return this.length === 0;
  }

  /** The address of the next element. */
  get #next(): number {
    return this.#ptr + this.progress * (this.elements?.size ?? 0);
  }

  read(count: number): ArrayLike<unknown> {
    const values = this.elements?.load(this.#next, count) ?? { length: count };
    this.progress += count;
    return values;
  }

  /** Copies numbers to the host, and returns false if there is no room for their bytes. */
  readInto({ buffer, byteOffset, byteLength }: ArrayBufferView, count: number): boolean {
    const { elements } = this;
    if (elements === undefined || count * elements.size > byteLength) return false;
    const bytes = new Uint8Array(elements.memory.buffer, this.#next, count * elements.size);
    new Uint8Array(buffer, byteOffset, byteLength).set(bytes);
    this.progress += count;
    return true;
  }

  write(values: ArrayLike<unknown>): void {
    this.elements?.store(values, this.#next);
    this.progress += values.length;
  }

  /** Copies elements into another range of memory, and returns false if that is not possible without values. */
  copyTo(other: GuestBuffer, count: number): boolean {
    if (this.elements === undefined || other.elements === undefined) return false;
    const copy = this.elements.copyTo(other.elements);
    if (copy === undefined) return false;
    copy(this.#next, other.#next, count);
    this.progress += count;
    other.progress += count;
    return true;
  }
}

/** Copies as many elements as both buffers allow. */
export function copyElements(from: ReadableBuffer, to: WritableBuffer): void {
  const count = Math.min(from.remain, to.remain);
  if (from instanceof GuestBuffer) {
    if (to instanceof GuestBuffer && from.copyTo(to, count)) return;
    if (to.target !== undefined && from.readInto(to.target, count)) {
      to.filled!(count);
      return;
    }
  }
  to.write(from.read(count));
}
