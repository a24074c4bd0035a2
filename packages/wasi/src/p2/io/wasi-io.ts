import type { ByteSink, ByteSource } from '../../system/byte-streams.ts';
import type { System } from '../../system/system.ts';
import type { Children } from './children.ts';
import { InputStream, type StreamContext, type StreamOwner } from './input-stream.ts';
import { OutputStream } from './output-stream.ts';
import { Pollable, pollWith } from './pollable.ts';
import type { Readiness } from './readiness.ts';
import { SinkWriter } from './sink-writer.ts';
import { SourceReader } from './source-reader.ts';
import { StreamFailure } from './stream-error.ts';
import { Waiter } from './waiter.ts';

/** How an instance of 0.2 waits. */
interface WaitingOptions {
  /**
   * Whether functions that wait return promises even if the thread could be blocked, so that other instances use it
   * meanwhile. The component is instantiated with `suspend: SUSPENDING_IMPORTS` then. Without it they return promises
   * only if there is no other way.
   */
  readonly suspends?: boolean;
}

/** `wasi:io` for one instance: makes the streams and pollables of all other interfaces. */
export class WasiIo {
  readonly #context: StreamContext;
  readonly #readers = new WeakMap<ByteSource, SourceReader>();

  constructor({ limits }: Pick<System, 'limits'>, { suspends = false }: WaitingOptions = {}) {
    this.#context = { waiter: new Waiter(suspends), mostBytes: limits.bytesPerCall };
  }

  /** @param parent counts the pollable as a child of the resource that it was made from */
  pollable(readiness: Readiness, parent?: Children): Pollable {
    return new Pollable(readiness, this.#context.waiter, parent);
  }

  /** Makes an `input-stream`. All streams of one source read it in turn. */
  inputStream(source: ByteSource, owner: StreamOwner = {}): InputStream {
    let reader = this.#readers.get(source);
    if (reader === undefined) this.#readers.set(source, (reader = new SourceReader(source)));
    return new InputStream(reader, this.#context, owner);
  }

  outputStream(sink: ByteSink, owner: StreamOwner = {}): OutputStream {
    return new OutputStream(new SinkWriter(sink), this.#context, owner);
  }

  /** Waits for one of several pollables. */
  poll(pollables: readonly Pollable[]): Uint32Array<ArrayBuffer> {
    return pollWith(this.#context.waiter, pollables);
  }

  /** The three interfaces of the package. */
  interfaces() {
    return {
      'wasi:io/error@0.2.12': { Error: StreamFailure },
      'wasi:io/poll@0.2.12': {
        Pollable,
        poll: (pollables: readonly object[]) => this.poll(pollables.map(pollableOf)),
      },
      'wasi:io/streams@0.2.12': { InputStream, OutputStream },
    } as const;
  }
}

/**
 * Returns a pollable that the program passes. Declared types of the program's side know only its methods, and the
 * runtime passes only what this package made.
 */
function pollableOf(passed: object): Pollable {
  if (passed instanceof Pollable) return passed;
  throw new TypeError('not a pollable of this package');
}

/** The readiness of something that a promise announces. It is ready once the promise has settled. */
export function readinessOf(promise: PromiseLike<unknown>): Readiness {
  let isSettled = false;
  const settle = (): void => void (isSettled = true);
  const settled = Promise.resolve(promise).then(settle, settle);
  return { isReady: () => isSettled, whenReady: () => settled };
}
