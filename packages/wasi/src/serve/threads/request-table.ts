import type { AccessEntry } from '../serve.ts';

/** The words of the whole table: how often the thread has come back, and how many requests it has. */
const [BEATS, COUNT, WORDS] = [0, 1, 2] as const;
/** Further requests are counted, and not described. */
const SLOTS = 256;
/** A slot: its start, what it took of time and fuel, two words, and a text. */
const [START, TOOK, FUEL, LENGTH, STATUS, TEXT, SLOT] = [0, 8, 16, 24, 28, 32, 512] as const;
const MOST_TEXT = SLOT - TEXT;
/** In place of the status of a request that goes on. */
const BEGUN = -1;

/** Makes the memory of a table. */
export function newRequestTable(): SharedArrayBuffer {
  return new SharedArrayBuffer(4 * WORDS + SLOTS * SLOT);
}

/**
 * What a thread of a server is doing, in memory that the thread of the host reads when the other does not answer. Only
 * the thread of the server writes.
 */
export class RequestTable {
  readonly #words: Int32Array;
  readonly #numbers: Float64Array;
  readonly #bytes: Buffer;
  readonly #free: number[] = Array.from({ length: SLOTS }, (_, index) => SLOTS - 1 - index);

  constructor(memory: SharedArrayBuffer) {
    this.#words = new Int32Array(memory);
    this.#numbers = new Float64Array(memory);
    this.#bytes = Buffer.from(memory);
  }

  /** How often the event loop of the thread has come back to `beat`. */
  get beats(): number {
    return Atomics.load(this.#words, BEATS);
  }

  /** How many requests the thread has begun, and not ended. */
  get count(): number {
    return Atomics.load(this.#words, COUNT);
  }

  beat(): void {
    Atomics.add(this.#words, BEATS, 1);
  }

  /** Notes a request. Returns its slot, if there is one. */
  begin(method: string, path: string, remoteAddress: string): number | undefined {
    Atomics.add(this.#words, COUNT, 1);
    const slot = this.#free.pop();
    if (slot === undefined) return undefined;
    const at = offsetOf(slot);
    this.#numbers[(at + START) / 8] = Date.now();
    this.#words[(at + STATUS) / 4] = BEGUN;
    const text = `${method}\n${remoteAddress}\n${path}`;
    // Node reads the head of a request as Latin-1.
    this.#words[(at + LENGTH) / 4] = this.#bytes.write(text, at + TEXT, MOST_TEXT, 'latin1');
    return slot;
  }

  /** Notes the end of a request, which the thread of the host does not know yet. */
  end(slot: number | undefined, { status, milliseconds, fuel = NaN }: AccessEntry): void {
    Atomics.sub(this.#words, COUNT, 1);
    if (slot === undefined) return;
    const at = offsetOf(slot);
    this.#numbers[(at + TOOK) / 8] = milliseconds;
    this.#numbers[(at + FUEL) / 8] = fuel;
    this.#words[(at + STATUS) / 4] = status;
  }

  /** Forgets a request that has ended. */
  free(slot: number | undefined): void {
    if (slot === undefined) return;
    this.#words[(offsetOf(slot) + LENGTH) / 4] = 0;
    this.#free.push(slot);
  }

  /** In the thread of the host: those that have begun, with the status 0. Their paths may be cut. */
  begun(): readonly AccessEntry[] {
    return this.#entries((status) => status === BEGUN);
  }

  /** In the thread of the host: those that have ended, and are not forgotten. */
  ended(): readonly AccessEntry[] {
    return this.#entries((status) => status !== BEGUN);
  }

  #entries(isWanted: (status: number) => boolean): AccessEntry[] {
    const found: AccessEntry[] = [];
    for (let slot = 0; slot < SLOTS; slot += 1) {
      const at = offsetOf(slot);
      const length = this.#words[(at + LENGTH) / 4]!;
      const status = this.#words[(at + STATUS) / 4]!;
      if (length === 0 || !isWanted(status)) continue;
      const text = this.#bytes.toString('latin1', at + TEXT, at + TEXT + length);
      const [method = '', remoteAddress = '', path = ''] = text.split('\n', 3);
      const numbers = at / 8;
      const milliseconds =
        status === BEGUN ? Date.now() - this.#numbers[numbers]! : this.#numbers[numbers + TOOK / 8]!;
      const fuel = status === BEGUN ? NaN : this.#numbers[numbers + FUEL / 8]!;
      const entry = { method, path, status: Math.max(0, status), milliseconds, remoteAddress };
      found.push(Number.isNaN(fuel) ? entry : { ...entry, fuel });
    }
    return found;
  }
}

function offsetOf(slot: number): number {
  return 4 * WORDS + slot * SLOT;
}
