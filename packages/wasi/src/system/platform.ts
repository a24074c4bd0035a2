import type { OpenDirectory } from '../files/node.ts';
import type { HttpClient } from '../http/message.ts';
import type { ServeFunction } from '../serve/serve.ts';
import type { FromWorker, ToWorker } from '../worker/messages.ts';
import type { HostThread } from '../worker/serve-host.ts';
import type { ByteSink, ByteSource } from './byte-streams.ts';
import type { SocketsPlatform } from './sockets/sockets-platform.ts';

/**
 * What a platform gives to a host of WASI. Absent functions are those that a platform does not have: a page has no
 * standard streams, and no directories.
 */
export interface Platform {
  /** Opens the standard input of the process. */
  readonly standardInput?: () => ByteSource;
  readonly standardOutput?: () => ByteSink;
  readonly standardError?: () => ByteSink;
  /** Opens a directory of the host. Throws a `FileError`. */
  readonly openDirectory?: (path: string) => OpenDirectory;
  /** Starts a thread with the module `./run-worker`. Throws an Error where there are no threads. */
  readonly startWorker: () => WorkerThread;
  /** In such a thread: the thread that has started it. */
  readonly hostThread: () => HostThread;
  readonly sockets?: SocketsPlatform;
  /** Fills an array of any length with random bytes of the host. */
  readonly fillRandom: (bytes: Uint8Array) => void;
  /** Nanoseconds since a moment that stays the same as long as the program runs. */
  readonly monotonicNow: () => bigint;
  /** The nanoseconds between two readings of this clock. */
  readonly monotonicResolution: () => bigint;
  /**
   * Makes the client for outgoing requests of instances with the same grants.
   *
   * @param headerBytes the most bytes of the headers of a response
   */
  readonly httpClient: (headerBytes: number) => HttpClient;
  /** Loads the server; absent on platforms that only call handlers. */
  readonly loadServer?: (inThreads: boolean) => Promise<ServeFunction>;
}

/** A thread that runs a module of its own. Messages are copied as `structuredClone` copies them. */
export interface WorkerThread<To = ToWorker, From = FromWorker> {
  post(message: To): void;
  /** @param failed receives an error that the module did not catch, or that the thread ended by itself */
  listen(received: (message: From) => void, failed: (error: Error) => void): void;
  /** Ends the thread wherever it is. */
  terminate(): Promise<void>;
}
