import {
  constants,
  fdatasyncSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  futimesSync,
  openSync,
  readSync,
  writeSync,
} from 'node:fs';
import type { NodeStat, NodeTimes, OpenFile } from '../node.ts';
import { fileErrorOf, withFileErrors } from './file-error-of.ts';
import { closeIfForgotten, closeOwned } from './forgotten-descriptors.ts';
import { BIG_INTEGERS, nodeStatOf } from './node-stat.ts';
import { withTimes } from './node-times.ts';

/** An open file of the host. */
export class NodeFile implements OpenFile {
  readonly kind = 'file';
  readonly #fd: number;
  /** A path that opens the same file again even when it has no name any more; absent where there is none. */
  readonly #self: string | undefined;
  /** Open for appending; made at the first use. */
  #appending: number | undefined;

  constructor(fd: number, self: string | undefined) {
    this.#fd = fd;
    this.#self = self;
    closeIfForgotten(this, fd);
  }

  read(bytes: Uint8Array, position: number): number {
    try {
      return readSync(this.#fd, bytes, 0, bytes.length, position);
    } catch (error) {
      throw fileErrorOf(error);
    }
  }

  write(bytes: Uint8Array, position: number): number {
    return writeAll(this.#fd, bytes, position);
  }

  append(bytes: Uint8Array): number {
    if (this.#self === undefined) return writeAll(this.#fd, bytes, Number(this.stat().size));
    const self = this.#self;
    // Only the system can find the end and write there in one step, while others append to the same file.
    if (this.#appending === undefined) {
      this.#appending = withFileErrors(() => openSync(self, constants.O_WRONLY | constants.O_APPEND));
      closeIfForgotten(this, this.#appending);
    }
    return writeAll(this.#appending, bytes, null);
  }

  stat(): NodeStat {
    return withFileErrors(() => nodeStatOf(fstatSync(this.#fd, BIG_INTEGERS)));
  }

  setSize(size: number): void {
    withFileErrors(() => ftruncateSync(this.#fd, size));
  }

  setTimes(times: NodeTimes): void {
    withFileErrors(() =>
      withTimes(
        times,
        () => this.stat(),
        (accessed, modified) => futimesSync(this.#fd, accessed, modified),
      ),
    );
  }

  sync(withMetadata: boolean): void {
    withFileErrors(() => (withMetadata ? fsyncSync(this.#fd) : fdatasyncSync(this.#fd)));
  }

  close(): void {
    const appending = this.#appending === undefined ? [] : [this.#appending];
    withFileErrors(() => closeOwned(this, [...appending, this.#fd]));
  }
}

/** Writes all bytes. Returns how many: an error after the first bytes shows in the next call. */
function writeAll(fd: number, bytes: Uint8Array, position: number | null): number {
  let written = 0;
  try {
    do {
      const at = position === null ? null : position + written;
      written += writeSync(fd, bytes, written, bytes.length - written, at);
    } while (written < bytes.length);
  } catch (error) {
    if (written === 0) throw fileErrorOf(error);
  }
  return written;
}
