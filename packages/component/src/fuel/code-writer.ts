/** A buffer of bytes that grows. Everything that is appended is copied. */
export class CodeWriter {
  #bytes: Uint8Array;
  #length = 0;

  /** @param capacity the number of bytes for which there is room at first */
  constructor(capacity = 1024) {
    this.#bytes = new Uint8Array(capacity);
  }

  get length(): number {
    return this.#length;
  }

  /** A view of what was written, until the next change. */
  get written(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  clear(): void {
    this.#length = 0;
  }

  byte(value: number): void {
    if (this.#length === this.#bytes.length) this.#grow(1);
    this.#bytes[this.#length] = value;
    this.#length += 1;
  }

  bytes(bytes: Uint8Array, start = 0, end = bytes.length): void {
    const count = end - start;
    if (this.#length + count > this.#bytes.length) this.#grow(count);
    if (count < 24) {
      const to = this.#bytes;
      const offset = this.#length - start;
      for (let at = start; at < end; at += 1) to[offset + at] = bytes[at]!;
    } else this.#bytes.set(bytes.subarray(start, end), this.#length);
    this.#length += count;
  }

  /** LEB128 of a non-negative integer of at most 32 bits. */
  unsigned(value: number): void {
    let rest = value;
    for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) this.byte((rest & 0x7f) | 0x80);
    this.byte(rest);
  }

  /** Signed LEB128 of a non-negative integer of at most 53 bits. */
  signed(value: number): void {
    let rest = value;
    for (; rest >= 0x40; rest = Math.floor(rest / 0x80)) this.byte((rest & 0x7f) | 0x80);
    this.byte(rest);
  }

  #grow(count: number): void {
    const larger = new Uint8Array(Math.max(2 * this.#bytes.length, this.#length + count));
    larger.set(this.written);
    this.#bytes = larger;
  }
}
