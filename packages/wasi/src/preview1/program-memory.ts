import { fail } from './errno.ts';

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const encoder = new TextEncoder();

/**
 * The memory of a program. Pointers and lengths are `i32` as JavaScript receives them, and may be anything: an access
 * outside of the memory ends the call with `fault`.
 */
export class ProgramMemory {
  #memory: WebAssembly.Memory | undefined;
  #bytes = new Uint8Array();
  #view = new DataView(this.#bytes.buffer);

  /** @throws TypeError for a shared memory, from which the platform's functions cannot read text */
  bind(memory: WebAssembly.Memory): void {
    if (!(memory.buffer instanceof ArrayBuffer))
      throw new TypeError('the program has a shared memory: build it without threads');
    this.#memory = memory;
    this.#bytes = new Uint8Array();
  }

  /** Ends the call with `fault` unless all of these bytes are in the memory. */
  check(pointer: number, length: number): void {
    this.#at(pointer, length);
  }

  /** Returns a view, which is valid until the program runs again. */
  bytes(pointer: number, length: number): Uint8Array<ArrayBuffer> {
    const start = this.#at(pointer, length >>> 0);
    return this.#bytes.subarray(start, start + (length >>> 0));
  }

  /** Reads a path. Ends the call with `ilseq` unless it is UTF-8. */
  text(pointer: number, length: number): string {
    const bytes = this.bytes(pointer, length);
    try {
      return decoder.decode(bytes);
    } catch {
      fail('ilseq');
    }
  }

  u8(pointer: number): number {
    const at = this.#at(pointer, 1);
    return this.#view.getUint8(at);
  }

  u16(pointer: number): number {
    const at = this.#at(pointer, 2);
    return this.#view.getUint16(at, true);
  }

  u32(pointer: number): number {
    const at = this.#at(pointer, 4);
    return this.#view.getUint32(at, true);
  }

  u64(pointer: number): bigint {
    const at = this.#at(pointer, 8);
    return this.#view.getBigUint64(at, true);
  }

  setU8(pointer: number, value: number): void {
    const at = this.#at(pointer, 1);
    this.#view.setUint8(at, value);
  }

  setU16(pointer: number, value: number): void {
    const at = this.#at(pointer, 2);
    this.#view.setUint16(at, value, true);
  }

  setU32(pointer: number, value: number): void {
    const at = this.#at(pointer, 4);
    this.#view.setUint32(at, value, true);
  }

  setU64(pointer: number, value: bigint): void {
    const at = this.#at(pointer, 8);
    this.#view.setBigUint64(at, value, true);
  }

  setBytes(pointer: number, bytes: Uint8Array): void {
    const start = this.#at(pointer, bytes.length);
    this.#bytes.set(bytes, start);
  }

  /** Fills a structure with zeroes, so that its padding shows nothing of what was there. */
  clear(pointer: number, length: number): void {
    const start = this.#at(pointer, length);
    this.#bytes.fill(0, start, start + length);
  }

  #at(pointer: number, length: number): number {
    // Growing a memory detaches its buffer, which makes every view of it empty. That is cheaper to see than a new
    // buffer, for which the platform would have to be asked.
    if (this.#bytes.length === 0) this.#refresh();
    const start = pointer >>> 0;
    if (start + length > this.#bytes.length) fail('fault');
    return start;
  }

  #refresh(): void {
    if (this.#memory === undefined)
      throw new Error(
        'the program called a function of WASI before it had a memory: from its start function, or before `bind`',
      );
    this.#bytes = new Uint8Array(this.#memory.buffer as ArrayBuffer);
    this.#view = new DataView(this.#bytes.buffer);
  }
}

export function utf8(text: string): Uint8Array<ArrayBuffer> {
  return encoder.encode(text);
}
