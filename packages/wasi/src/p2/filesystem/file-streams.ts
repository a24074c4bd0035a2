import type { FileDescriptor } from '../../files/descriptor.ts';
import { FileError } from '../../files/file-error.ts';
import type { ByteSink, ByteSource } from '../../system/byte-streams.ts';
import type { SharedDescriptor } from '../../files/shared-descriptor.ts';

const FLUSHED = Promise.resolve();

/** Reads a file from a position on. `shared` stays open until `close`. */
export class FileSource implements ByteSource {
  readonly isTerminal = false;
  readonly #file: FileDescriptor;
  readonly #release: () => void;
  #position: number;

  constructor(file: FileDescriptor, shared: SharedDescriptor, position: number) {
    this.#file = file;
    this.#position = position;
    this.#release = shared.use();
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
    this.#release();
  }
}

/** Writes a file from a position on, or at its end. `shared` stays open until `close`. */
export class FileSink implements ByteSink {
  readonly isTerminal = false;
  readonly #file: FileDescriptor;
  readonly #release: () => void;
  #position: number | 'end';

  /** @param position `end` for wherever the end of the file is at each write */
  constructor(file: FileDescriptor, shared: SharedDescriptor, position: number | 'end') {
    this.#file = file;
    this.#position = position;
    this.#release = shared.use();
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
    this.#release();
  }
}
