import type { FileDescriptor } from '../descriptor.ts';
import { FileError } from '../file-error.ts';
import type { NodeStat, NodeTimes, OpenFile } from '../node.ts';
import type { OpenDescriptors } from './open-descriptors.ts';

/** What the descriptor of a file may do. */
interface FileRights {
  readonly read: boolean;
  readonly write: boolean;
  /** The error for a change of its times; `undefined` when they may be changed. */
  readonly readOnly: (() => FileError) | undefined;
}

/** A file that was opened below a granted directory. */
export class GrantedFile implements FileDescriptor {
  readonly kind = 'file';
  readonly mayRead: boolean;
  readonly mayWrite: boolean;
  readonly #readOnly: (() => FileError) | undefined;
  readonly #descriptors: OpenDescriptors;
  #file: OpenFile | undefined;

  constructor(file: OpenFile, rights: FileRights, descriptors: OpenDescriptors) {
    this.mayRead = rights.read;
    this.mayWrite = rights.write;
    this.#readOnly = rights.readOnly;
    this.#file = file;
    this.#descriptors = descriptors;
    descriptors.add(this);
  }

  read(bytes: Uint8Array, position: number): number {
    if (!this.mayRead) throw new FileError('bad-descriptor', 'the file was opened without the right to read');
    // Nothing is stored as far away as a number cannot count.
    return position > Number.MAX_SAFE_INTEGER ? 0 : this.#opened().read(bytes, position);
  }

  write(bytes: Uint8Array, position: number): number {
    const file = this.#writable();
    checkSize(position + bytes.length);
    return file.write(bytes, position);
  }

  append(bytes: Uint8Array): number {
    return this.#writable().append(bytes);
  }

  stat(): NodeStat {
    return this.#opened().stat();
  }

  setSize(size: number): void {
    const file = this.#writable();
    checkSize(size);
    file.setSize(size);
  }

  setTimes(times: NodeTimes): void {
    const file = this.#opened();
    if (this.#readOnly !== undefined) throw this.#readOnly();
    file.setTimes(times);
  }

  sync(withMetadata: boolean): void {
    this.#opened().sync(withMetadata);
  }

  close(): void {
    const file = this.#file;
    if (file === undefined) return;
    this.#file = undefined;
    this.#descriptors.remove(this);
    file.close();
  }

  #writable(): OpenFile {
    if (!this.mayWrite)
      throw new FileError('bad-descriptor', 'the file was opened without the right to write');
    return this.#opened();
  }

  #opened(): OpenFile {
    if (this.#file === undefined) throw new FileError('bad-descriptor', 'the file is closed');
    return this.#file;
  }
}

function checkSize(size: number): void {
  if (size <= Number.MAX_SAFE_INTEGER) return;
  throw new FileError('file-too-large', 'a file has at most 2⁵³ − 1 bytes');
}
