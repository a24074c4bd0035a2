import { FileError } from '../files/file-error.ts';
import type { InputGrant } from '../grants.ts';
import type { ByteSource } from './byte-streams.ts';

/** Makes the source of everything that a standard input can be, but of the input of the process. */
export function inputSource(grant: Exclude<InputGrant, 'inherit'> | undefined): ByteSource {
  if (grant === undefined) return new ChunkSource([]);
  if (typeof grant === 'string') return new ChunkSource([new TextEncoder().encode(grant)]);
  if (grant instanceof Uint8Array) return new ChunkSource([grant]);
  if (isByteSource(grant)) return grant;
  // Not every browser has streams that can be iterated over.
  if (isStream(grant)) return new PulledSource(chunksOf(grant.getReader()));
  return Symbol.asyncIterator in grant
    ? new PulledSource(grant[Symbol.asyncIterator]())
    : new ChunkSource(grant);
}

function isStream(value: object): value is ReadableStream<Uint8Array> {
  return 'getReader' in value;
}

export function isByteSource(value: object): value is ByteSource {
  return 'read' in value && 'ready' in value && 'isTerminal' in value;
}

function chunksOf(reader: ReadableStreamDefaultReader<Uint8Array>): AsyncIterator<Uint8Array> {
  return {
    next: () => reader.read() as Promise<IteratorResult<Uint8Array>>,
    // A generator would not cancel a stream that it is waiting for.
    async return() {
      await reader.cancel();
      return { done: true, value: undefined };
    },
  };
}

/** Chunks of which the next one is there whenever it is asked for. */
class ChunkSource implements ByteSource {
  readonly isTerminal = false;
  readonly #chunks: Iterator<Uint8Array>;
  #rest: Uint8Array = new Uint8Array();
  #hasEnded = false;

  constructor(chunks: Iterable<Uint8Array>) {
    this.#chunks = chunks[Symbol.iterator]();
  }

  read(most: number): Uint8Array<ArrayBuffer> | undefined {
    while (this.#rest.length === 0 && !this.#hasEnded) {
      const step = this.#chunks.next();
      if (step.done === true) this.#hasEnded = true;
      else this.#rest = checkedChunk(step.value);
    }
    if (this.#hasEnded) return undefined;
    const bytes = new Uint8Array(this.#rest.subarray(0, most));
    this.#rest = this.#rest.subarray(bytes.length);
    return bytes;
  }

  ready(): Promise<void> {
    return Promise.resolve();
  }

  block(): boolean {
    return true;
  }

  close(): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#chunks.return?.();
  }
}

/** Chunks that arrive later. Each is asked for when the one before it is used up, so that at most one is held. */
class PulledSource implements ByteSource {
  readonly isTerminal = false;
  readonly #chunks: AsyncIterator<Uint8Array>;
  #rest: Uint8Array = new Uint8Array();
  #failure: FileError | undefined;
  #hasEnded = false;
  #pulling: Promise<void> | undefined;

  constructor(chunks: AsyncIterator<Uint8Array>) {
    this.#chunks = chunks;
  }

  read(most: number): Uint8Array<ArrayBuffer> | undefined {
    if (this.#rest.length > 0) {
      const bytes = new Uint8Array(this.#rest.subarray(0, most));
      this.#rest = this.#rest.subarray(bytes.length);
      return bytes;
    }
    if (this.#failure !== undefined) throw this.#failure;
    if (this.#hasEnded) return undefined;
    // A program that reads again and again in place of waiting gets its bytes, too.
    void this.ready();
    return new Uint8Array();
  }

  ready(): Promise<void> {
    if (this.#rest.length > 0 || this.#hasEnded || this.#failure !== undefined) return Promise.resolve();
    return (this.#pulling ??= this.#pull());
  }

  close(): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#rest = new Uint8Array();
    // Whoever makes the chunks may fail to stop. Nobody is left whom that concerns.
    this.#chunks.return?.().then(undefined, () => undefined);
  }

  async #pull(): Promise<void> {
    try {
      while (this.#rest.length === 0 && !this.#hasEnded) {
        const step = await this.#chunks.next();
        if (step.done === true) this.#hasEnded = true;
        else if (!this.#hasEnded) this.#rest = checkedChunk(step.value);
      }
    } catch (cause) {
      this.#failure = failureOf(cause);
    } finally {
      this.#pulling = undefined;
    }
  }
}

function checkedChunk(chunk: unknown): Uint8Array {
  if (chunk instanceof Uint8Array) return chunk;
  throw new FileError('io', `grants.stdin: expected chunks of type Uint8Array, got ${typeof chunk}`);
}

function failureOf(cause: unknown): FileError {
  if (cause instanceof FileError) return cause;
  const error = new FileError(
    'io',
    `grants.stdin: ${cause instanceof Error ? cause.message : String(cause)}`,
  );
  error.cause = cause;
  return error;
}
