import { FileError } from '../files/file-error.ts';
import type { OutputGrant } from '../grants.ts';
import type { ByteSink } from './byte-streams.ts';

/** How many bytes a sink takes in one call, and how many may be on their way into a stream. */
const WINDOW = 65_536;

/** Makes the sink of everything that a standard output can be, but of the outputs of the process. */
export function outputSink(grant: Exclude<OutputGrant, 'inherit'> | undefined): ByteSink {
  if (grant === undefined) return new FunctionSink(() => undefined);
  if (typeof grant === 'function') return new FunctionSink(grant);
  if (isByteSink(grant)) return grant;
  return new StreamSink(grant.getWriter());
}

export function isByteSink(value: object): value is ByteSink {
  return 'write' in value && 'capacity' in value && 'flush' in value;
}

class FunctionSink implements ByteSink {
  readonly isTerminal = false;
  readonly #receive: (chunk: Uint8Array<ArrayBuffer>) => void;

  constructor(receive: (chunk: Uint8Array<ArrayBuffer>) => void) {
    this.#receive = receive;
  }

  capacity(): number {
    return WINDOW;
  }

  write(bytes: Uint8Array): void {
    if (bytes.length > 0) this.#receive(new Uint8Array(bytes));
  }

  ready(): Promise<void> {
    return Promise.resolve();
  }

  block(): boolean {
    return true;
  }

  flush(): Promise<void> {
    return Promise.resolve();
  }

  close(): void {
    // Nothing is held.
  }
}

/** Writes to a web stream, and waits when more than a window of bytes is on its way. */
class StreamSink implements ByteSink {
  readonly isTerminal = false;
  readonly #writer: WritableStreamDefaultWriter<Uint8Array>;
  #pending = 0;
  #last: Promise<void> = Promise.resolve();
  #failure: FileError | undefined;
  #isClosed = false;

  constructor(writer: WritableStreamDefaultWriter<Uint8Array>) {
    this.#writer = writer;
    // The promises of each write report what goes wrong.
    writer.closed.catch(() => undefined);
    writer.ready.catch(() => undefined);
  }

  capacity(): number {
    if (this.#failure !== undefined) throw this.#failure;
    return Math.max(0, WINDOW - this.#pending);
  }

  write(bytes: Uint8Array): void {
    if (this.#failure !== undefined) throw this.#failure;
    if (bytes.length === 0) return;
    this.#pending += bytes.length;
    this.#last = this.#writer.write(new Uint8Array(bytes)).then(
      () => void (this.#pending -= bytes.length),
      (cause: unknown) => {
        this.#pending -= bytes.length;
        this.#failure ??= failureOf(cause);
      },
    );
  }

  async ready(): Promise<void> {
    while (this.#failure === undefined && this.#pending >= WINDOW) await this.#last;
  }

  async flush(): Promise<void> {
    await this.#last;
    if (this.#failure !== undefined) throw this.#failure;
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    // A stream that failed cannot be closed, and a write has reported that.
    this.#writer.close().catch(() => undefined);
  }
}

function failureOf(cause: unknown): FileError {
  const error = new FileError('io', cause instanceof Error ? cause.message : String(cause));
  error.cause = cause;
  return error;
}
