import { FileError } from '../files/file-error.ts';
import type { ByteSink, ByteSource } from '../system/byte-streams.ts';
import { ENDING, type SharedRing } from './shared-ring.ts';
import type { WakeUps } from './wake-ups.ts';

/** In the worker: a standard input whose bytes come from the thread of the host. */
export class RingSource implements ByteSource {
  readonly isTerminal = false;
  readonly #ring: SharedRing;
  readonly #wakeUps: WakeUps;

  constructor(ring: SharedRing, wakeUps: WakeUps) {
    this.#ring = ring;
    this.#wakeUps = wakeUps;
  }

  read(most: number): Uint8Array<ArrayBuffer> | undefined {
    const { ending } = this.#ring;
    if (this.#ring.available() > 0 || ending === ENDING.none) return this.#ring.read(most);
    if (ending === ENDING.failure) throw new FileError('io', 'the standard input has failed in the host');
    return undefined;
  }

  async ready(): Promise<void> {
    while (this.#ring.askAsReader()) await this.#wakeUps.next();
  }

  block(milliseconds: number): boolean {
    return this.#ring.blockReader(milliseconds);
  }

  close(): void {
    this.#ring.end(ENDING.ofReader);
  }
}

/** In the worker: a standard output whose bytes go to the thread of the host. */
export class RingSink implements ByteSink {
  readonly isTerminal = false;
  readonly #ring: SharedRing;
  readonly #wakeUps: WakeUps;

  constructor(ring: SharedRing, wakeUps: WakeUps) {
    this.#ring = ring;
    this.#wakeUps = wakeUps;
  }

  capacity(): number {
    this.#assertOpen();
    return this.#ring.room();
  }

  write(bytes: Uint8Array): void {
    this.#assertOpen();
    this.#ring.write(bytes);
  }

  async ready(): Promise<void> {
    while (this.#ring.askAsWriter()) await this.#wakeUps.next();
  }

  block(milliseconds: number): boolean {
    return this.#ring.blockWriter(milliseconds);
  }

  async flush(): Promise<void> {
    while (this.#ring.askAsWriter(() => this.#ring.available() === 0)) await this.#wakeUps.next();
    this.#assertOpen();
  }

  close(): void {
    this.#ring.end(ENDING.ofWriter);
  }

  #assertOpen(): void {
    const { ending } = this.#ring;
    if (ending === ENDING.ofReader) throw new FileError('pipe', 'nobody reads this output');
    if (ending === ENDING.failure) throw new FileError('io', 'the standard output has failed in the host');
  }
}
