/**
 * Where bytes come from: a standard input, a body, a socket. Each of the three WASI versions reads through this.
 */
export interface ByteSource {
  readonly isTerminal: boolean;
  /**
   * Returns at most `most` bytes that are there already, an empty array when none is there yet, and `undefined` after
   * the end. Throws a `FileError` when the source failed. The array belongs to the caller.
   */
  read(most: number): Uint8Array<ArrayBuffer> | undefined;
  /**
   * Like `read`, but puts the bytes into `bytes`, and returns how many. Absent for sources whose bytes are in arrays
   * already.
   */
  readInto?(bytes: Uint8Array): number | undefined;
  /** Resolves when `read` returns bytes, the end, or throws. */
  ready(): Promise<void>;
  /**
   * Blocks the thread until `read` returns bytes, the end, or throws, at most for `milliseconds`. Returns whether it is
   * ready. Absent where the thread cannot be blocked for this source: then only `ready` waits.
   */
  block?(milliseconds: number): boolean;
  /** Nobody reads any more. */
  close(): void;
}

/** Where bytes go: a standard output, a body, a socket. */
export interface ByteSink {
  readonly isTerminal: boolean;
  /** How many bytes `write` takes now; 0 when the program has to wait. Throws a `FileError` when the sink failed. */
  capacity(): number;
  /** Takes all of `bytes`, which stay the caller's: what is kept is copied. */
  write(bytes: Uint8Array): void;
  /** Resolves when `capacity` is not 0 or throws. */
  ready(): Promise<void>;
  /** Blocks the thread until `capacity` is not 0; absent where only `ready` can wait. */
  block?(milliseconds: number): boolean;
  /** Resolves when everything written has left this process, or rejects with a `FileError`. */
  flush(): Promise<void>;
  /** Whether `flush` would resolve at once; absent if only `flush` knows. */
  isFlushed?(): boolean;
  /** No more bytes will come. */
  close(): void;
}
