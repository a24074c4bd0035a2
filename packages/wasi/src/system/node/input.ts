import { closeSync, fstatSync, readSync } from 'node:fs';
import type { FileError } from '../../files/file-error.ts';
import { fileErrorOf } from '../../files/node/file-error-of.ts';
import type { ByteSource } from '../byte-streams.ts';
import { blockThreadFor } from '../clocks.ts';
import { isTerminal } from './is-terminal.ts';
import { openNonBlocking } from './non-blocking.ts';

const PIECE = 65_536;
const LONGEST_PAUSE = 10;
const IS_WINDOWS = process.platform === 'win32';

/** What Node has as `process.stdin`, as far as it is used here. */
interface InputStream {
  read(): Uint8Array | null;
  once(event: 'readable' | 'end' | 'error' | 'close', listener: (error?: unknown) => void): unknown;
  off(event: 'readable' | 'end' | 'error' | 'close', listener: (error?: unknown) => void): unknown;
  ref?(): unknown;
  unref?(): unknown;
  readonly readableEnded: boolean;
  readonly errored: Error | null;
  readonly destroyed: boolean;
}

/**
 * The input of the process.
 *
 * A thread that may be blocked reads the descriptor. Whether bytes are there already is found out by reading without
 * blocking: on Linux through a second descriptor of the same pipe or terminal, because a flag of the first one would
 * concern every process that shares it. Elsewhere Node's own stream sets that flag.
 *
 * A program that waits in the event loop reads Node's stream, which waits without polling. A pending `fs.read` would
 * keep the process alive after the program has ended.
 */
export class NodeInput implements ByteSource {
  readonly #openStream: (() => InputStream) | undefined;
  #stream: InputStream | undefined;
  #descriptor: number | undefined;
  /** A part of `#piece`, or of an array of the stream. */
  #ahead: Uint8Array<ArrayBuffer> = new Uint8Array();
  /** Whether nobody else has the array that `#ahead` is a part of, so that the reader may have it without a copy. */
  #isOwn = false;
  /** Used again and again: an array for each piece would cost more than reading it does. */
  #piece: Uint8Array<ArrayBuffer> | undefined;
  #failure: FileError | undefined;
  #hasEnded = false;

  /**
   * @param openStream opens Node's stream. Absent in a worker, whose stream is not that of the process. There the
   *   thread does not block in the system, where nothing could end it, and looks for bytes every few milliseconds.
   */
  constructor(openStream: (() => InputStream) | undefined) {
    this.#openStream = openStream;
  }

  get isTerminal(): boolean {
    return isTerminal(0);
  }

  read(most: number): Uint8Array<ArrayBuffer> | undefined {
    if (most === 0) return new Uint8Array();
    this.#look();
    if (this.#ahead.length === 0) {
      if (this.#failure !== undefined) throw this.#failure;
      return this.#hasEnded ? undefined : new Uint8Array();
    }
    const ahead = this.#ahead;
    const bytes = this.#isOwn && ahead.length <= most ? ahead : ahead.slice(0, most);
    this.#ahead = ahead.subarray(bytes.length);
    return bytes;
  }

  readInto(bytes: Uint8Array): number | undefined {
    if (bytes.length === 0) return 0;
    if (!this.#isReady()) {
      const descriptor = this.#withoutBlocking();
      const count = this.#stream === undefined ? this.#take(descriptor, bytes) : 0;
      if (count > 0) return count;
    }
    const read = this.read(bytes.length);
    if (read !== undefined) bytes.set(read);
    return read?.length;
  }

  async ready(): Promise<void> {
    // Files are always ready, and Node's stream of a file would have another position.
    if (!IS_WINDOWS) this.#look();
    if (this.#isReady()) return;
    const stream = (this.#stream ??= this.#openStream?.());
    if (stream === undefined) return this.#polled();
    this.#lookAtStream(stream);
    if (this.#isReady()) return;
    stream.ref?.();
    await new Promise<void>((resolve) => {
      const wake = (): void => {
        for (const event of EVENTS) stream.off(event, wake);
        resolve();
      };
      for (const event of EVENTS) stream.once(event, wake);
    });
    stream.unref?.();
  }

  async #polled(): Promise<void> {
    for (let pause = 1; !this.#isReady(); pause = Math.min(pause * 2, LONGEST_PAUSE)) {
      await new Promise((resolve) => setTimeout(resolve, pause));
      this.#look();
    }
  }

  block(milliseconds: number): boolean {
    // A descriptor that blocks wakes the thread at once, and without polling.
    if (milliseconds === Infinity && this.#stream === undefined && this.#openStream !== undefined)
      this.#lookAt(0);
    const end = performance.now() + milliseconds;
    for (let pause = 0.05; ; pause = Math.min(pause * 2, LONGEST_PAUSE)) {
      this.#look();
      if (this.#isReady()) return true;
      const left = end - performance.now();
      if (left <= 0) return false;
      blockThreadFor(Math.min(pause, left));
    }
  }

  close(): void {
    this.#hasEnded = true;
    this.#ahead = new Uint8Array();
    if (this.#descriptor !== undefined && this.#descriptor !== 0) closeSync(this.#descriptor);
    this.#descriptor = 0;
    this.#stream?.unref?.();
  }

  #isReady(): boolean {
    return this.#ahead.length > 0 || this.#hasEnded || this.#failure !== undefined;
  }

  /** Takes what is there. Blocks the thread on Windows only, where nothing else shows whether bytes are there. */
  #look(): void {
    if (this.#isReady()) return;
    const descriptor = this.#withoutBlocking();
    if (this.#stream !== undefined) this.#lookAtStream(this.#stream);
    if (this.#stream === undefined || !IS_WINDOWS) this.#lookAt(descriptor);
  }

  /** Takes what the stream has read: it comes before what the descriptor gives. */
  #lookAtStream(stream: InputStream): void {
    const held = stream.read();
    if (held !== null) {
      const { buffer, byteOffset, byteLength } = held;
      // Node gives each piece of a pipe an array for itself. Others could be parts of one that Node uses again.
      this.#isOwn = buffer instanceof ArrayBuffer && byteLength === buffer.byteLength;
      this.#ahead = this.#isOwn
        ? new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength)
        : new Uint8Array(held);
    } else if (stream.errored !== null) this.#failure = fileErrorOf(stream.errored);
    else if (stream.readableEnded || stream.destroyed) this.#hasEnded = true;
  }

  #lookAt(descriptor: number): void {
    if (this.#isReady()) return;
    this.#piece ??= new Uint8Array(PIECE);
    this.#isOwn = false;
    this.#ahead = this.#piece.subarray(0, this.#take(descriptor, this.#piece));
  }

  /** Reads into `bytes`. Returns 0 when nothing is there, and notes the end or a failure. */
  #take(descriptor: number, bytes: Uint8Array): number {
    try {
      const count = readSync(descriptor, bytes);
      if (count === 0) this.#hasEnded = true;
      return count;
    } catch (cause) {
      const error = fileErrorOf(cause);
      // Windows reports the end of a pipe as an error.
      if (IS_WINDOWS && error.message.startsWith('EOF')) this.#hasEnded = true;
      else if (error.code !== 'would-block') this.#failure = error;
      return 0;
    }
  }

  /** A descriptor of the input that does not block, if the platform has one. */
  #withoutBlocking(): number {
    return (this.#descriptor ??= this.#openWithoutBlocking());
  }

  #openWithoutBlocking(): number {
    const opened = openNonBlocking(0, 'read');
    if (opened !== undefined) return opened;
    // Files and devices such as `/dev/null` never wait.
    if (!IS_WINDOWS && !fstatSync(0).isFile()) this.#stream ??= this.#openStream?.();
    return 0;
  }
}

const EVENTS = ['readable', 'end', 'error', 'close'] as const;
