import type { FileDescriptor } from '../../files/descriptor.ts';
import { FileError } from '../../files/file-error.ts';
import type { ByteSink, ByteSource } from '../../system/byte-streams.ts';
import type { HeldDescriptor } from './held-descriptor.ts';

const FLUSHED = Promise.resolve();

/** Reads a file from a position on. `held` stays open until `close`. */
export class FileSource implements ByteSource {
  readonly isTerminal = false;
  readonly #file: FileDescriptor;
  readonly #held: HeldDescriptor;
  #position: number;

  constructor(file: FileDescriptor, held: HeldDescriptor, position: number) {
    this.#file = file;
    this.#held = held;
    this.#position = position;
    held.hold();
  }

  read(most: number): Uint8Array<ArrayBuffer> | undefined {
    if (most === 0) return new Uint8Array();
    const bytes = new Uint8Array(most);
    const length = this.#file.read(bytes, this.#position);
    this.#position += length;
    if (length === most) return bytes;
    return length === 0 ? undefined : bytes.subarray(0, length);
  }

  ready(): Promise<void> {
    return FLUSHED;
  }

  block(): boolean {
    return true;
  }

  close(): void {
    this.#held.release();
  }
}

/** Writes a file from a position on, or at its end. `held` stays open until `close`. */
export class FileSink implements ByteSink {
  readonly isTerminal = false;
  readonly #file: FileDescriptor;
  readonly #held: HeldDescriptor;
  #position: number | 'end';

  /** @param position `end` for wherever the end of the file is at each write */
  constructor(file: FileDescriptor, held: HeldDescriptor, position: number | 'end') {
    this.#file = file;
    this.#held = held;
    this.#position = position;
    held.hold();
  }

  capacity(): number {
    return Infinity;
  }

  write(bytes: Uint8Array): void {
    const position = this.#position;
    const length = position === 'end' ? this.#file.append(bytes) : this.#file.write(bytes, position);
    if (position !== 'end') this.#position = position + length;
    if (length < bytes.length) throw new FileError('insufficient-space');
  }

  ready(): Promise<void> {
    return FLUSHED;
  }

  block(): boolean {
    return true;
  }

  flush(): Promise<void> {
    return FLUSHED;
  }

  close(): void {
    this.#held.release();
  }
}
