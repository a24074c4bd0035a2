/** The words in front of the bytes. */
const [WRITTEN, READ, ENDED, WRITER_WAITS, READER_WAITS, WORDS] = [0, 1, 2, 3, 4, 5] as const;
const CAPACITY = 65_536;

/** Why no more bytes come: not yet, the writer has no more, the reader has left, or one of them failed. */
export const ENDING = { none: 0, ofWriter: 1, ofReader: 2, failure: 3 } as const;
type Ending = (typeof ENDING)[keyof typeof ENDING];

export function newRing(): SharedArrayBuffer {
  return new SharedArrayBuffer(4 * WORDS + CAPACITY);
}

/**
 * Bytes on their way from one thread to another, at most 64 KiB. One thread writes and one reads. A thread that may be
 * blocked waits for the other one in `Atomics.wait`; a thread that must not be blocked asks for a message.
 */
export class SharedRing {
  readonly #words: Int32Array<SharedArrayBuffer>;
  readonly #bytes: Uint8Array<SharedArrayBuffer>;
  readonly #wakeOther: () => void;

  /** @param wakeOther sends a message to the other thread, which has asked for one */
  constructor(memory: SharedArrayBuffer, wakeOther: () => void) {
    this.#words = new Int32Array(memory, 0, WORDS);
    this.#bytes = new Uint8Array(memory, 4 * WORDS);
    this.#wakeOther = wakeOther;
  }

  get ending(): Ending {
    return Atomics.load(this.#words, ENDED) as Ending;
  }

  /** How many bytes can be read. */
  available(): number {
    // The counters run over 2^32, so their difference is taken as a whole number without a sign.
    return (Atomics.load(this.#words, WRITTEN) - Atomics.load(this.#words, READ)) >>> 0;
  }

  /** How many bytes can be written. */
  room(): number {
    return CAPACITY - this.available();
  }

  /** Writes bytes, not more than `room` says. */
  write(bytes: Uint8Array): void {
    const at = Atomics.load(this.#words, WRITTEN);
    const start = (at >>> 0) % CAPACITY;
    const head = bytes.subarray(0, CAPACITY - start);
    this.#bytes.set(head, start);
    this.#bytes.set(bytes.subarray(head.length), 0);
    Atomics.store(this.#words, WRITTEN, (at + bytes.length) | 0);
    this.#changed(WRITTEN, READER_WAITS);
  }

  /** Takes at most `most` bytes. */
  read(most: number): Uint8Array<ArrayBuffer> {
    const at = Atomics.load(this.#words, READ);
    const bytes = new Uint8Array(Math.min(most, this.available()));
    const start = (at >>> 0) % CAPACITY;
    const head = this.#bytes.subarray(start, start + bytes.length);
    bytes.set(head);
    bytes.set(this.#bytes.subarray(0, bytes.length - head.length), head.length);
    Atomics.store(this.#words, READ, (at + bytes.length) | 0);
    this.#changed(READ, WRITER_WAITS);
    return bytes;
  }

  /** Says that no more bytes will be written, or read. The first reason stays. */
  end(reason: Ending): void {
    Atomics.compareExchange(this.#words, ENDED, ENDING.none, reason);
    this.#changed(WRITTEN, READER_WAITS);
    this.#changed(READ, WRITER_WAITS);
  }

  /** Blocks the thread until there is something to read, at most for some milliseconds. */
  blockReader(milliseconds: number): boolean {
    return this.#block(WRITTEN, milliseconds, () => this.available() > 0);
  }

  /** Blocks the thread until there is room, at most for some milliseconds. */
  blockWriter(milliseconds: number): boolean {
    return this.#block(READ, milliseconds, () => this.room() > 0);
  }

  /** Asks for a message when there is something to read. Returns false if there is already. */
  askAsReader(): boolean {
    return this.#ask(READER_WAITS, () => this.available() > 0);
  }

  /** Asks for a message when bytes have been read. Returns false if `isReady` already. */
  askAsWriter(isReady: () => boolean = () => this.room() > 0): boolean {
    return this.#ask(WRITER_WAITS, isReady);
  }

  #block(word: number, milliseconds: number, isReady: () => boolean): boolean {
    const end = performance.now() + milliseconds;
    for (;;) {
      const seen = Atomics.load(this.#words, word);
      if (isReady() || this.ending !== ENDING.none) return true;
      const left = end - performance.now();
      if (left <= 0) return false;
      // An end changes none of the counters, so that the thread looks for it again.
      Atomics.wait(this.#words, word, seen, Math.min(left, 100));
    }
  }

  #ask(flag: number, isReady: () => boolean): boolean {
    Atomics.store(this.#words, flag, 1);
    // The other thread looks at the flag after its change, and this one at the change after the flag: one sees it.
    if (!isReady() && this.ending === ENDING.none) return true;
    Atomics.store(this.#words, flag, 0);
    return false;
  }

  #changed(word: number, flag: number): void {
    Atomics.notify(this.#words, word);
    if (Atomics.exchange(this.#words, flag, 0) === 1) this.#wakeOther();
  }
}
