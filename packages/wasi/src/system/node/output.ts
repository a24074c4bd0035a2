import { closeSync, writeSync } from 'node:fs';
import type { FileError } from '../../files/file-error.ts';
import { fileErrorOf } from '../../files/node/file-error-of.ts';
import type { ByteSink } from '../byte-streams.ts';
import { blockThreadFor } from '../clocks.ts';
import { isTerminal } from './is-terminal.ts';
import { openNonBlocking } from './non-blocking.ts';

/** How many bytes are written at once. A pipe of Linux holds as many. */
const PIECE = 65_536;
const LONGEST_PAUSE = 10;

/**
 * An output of the process. A write returns when the system has all bytes, so that nothing is lost when the process
 * ends, and nothing is held for a reader that is slower than the program.
 */
export class NodeOutput implements ByteSink {
  readonly #descriptor: number;
  /** What is written to: the descriptor, or another one of the same stream that does not block in the system. */
  #target: number | undefined;
  #failure: FileError | undefined;

  /** @param isWorker whether the thread may be ended, which is not possible while it blocks in the system */
  constructor(descriptor: number, isWorker = false) {
    this.#descriptor = descriptor;
    if (!isWorker) this.#target = descriptor;
  }

  get isTerminal(): boolean {
    return isTerminal(this.#descriptor);
  }

  capacity(): number {
    if (this.#failure !== undefined) throw this.#failure;
    return PIECE;
  }

  write(bytes: Uint8Array): void {
    if (this.#failure !== undefined) throw this.#failure;
    this.#target ??= openNonBlocking(this.#descriptor, 'write') ?? this.#descriptor;
    // The pipe may be one that never blocks. Nothing announces to a blocked thread that there is room again.
    let pause = 0.05;
    for (let at = 0; at < bytes.length;) {
      try {
        at += writeSync(this.#target, bytes, at, Math.min(PIECE, bytes.length - at));
        pause = 0.05;
      } catch (cause) {
        const error = fileErrorOf(cause);
        if (error.code !== 'would-block') throw (this.#failure = error);
        blockThreadFor(pause);
        pause = Math.min(pause * 2, LONGEST_PAUSE);
      }
    }
  }

  ready(): Promise<void> {
    return Promise.resolve();
  }

  block(): boolean {
    return true;
  }

  flush(): Promise<void> {
    return this.#failure === undefined ? Promise.resolve() : Promise.reject(this.#failure);
  }

  close(): void {
    // The output belongs to the process, and others write to it.
    if (this.#target !== undefined && this.#target !== this.#descriptor) closeSync(this.#target);
    this.#target = this.#descriptor;
  }
}
