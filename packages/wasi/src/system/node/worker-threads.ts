import type { Worker } from 'node:worker_threads';
import type { FromWorker, ToWorker } from '../../worker/messages.ts';
import type { HostThread } from '../../worker/serve-host.ts';
import type { WorkerThread } from '../platform.ts';
import { builtinModule } from './builtin-module.ts';

/** Few programs run in threads, and the module takes a millisecond to load. */
function workerThreads(): typeof import('node:worker_threads') {
  return builtinModule('node:worker_threads');
}

/**
 * Whether this thread is a worker. Node says so without loading its module: a worker cannot change the directory of the
 * process, not even to the one that it is in.
 */
export function isWorker(): boolean {
  if (!isNode()) return !workerThreads().isMainThread;
  try {
    process.chdir('.');
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ERR_WORKER_UNSUPPORTED_OPERATION';
  }
}

/** What a thread of Node is told. Deno would ask its user whether variables may be read, and has no such cache. */
function environment(): Record<string, string> {
  const cache = isNode() ? process.env['NODE_COMPILE_CACHE'] : undefined;
  return cache === undefined ? {} : { NODE_COMPILE_CACHE: cache };
}

function isNode(): boolean {
  return !('deno' in process.versions || 'bun' in process.versions);
}

export class NodeThread<To = ToWorker, From = FromWorker> implements WorkerThread<To, From> {
  readonly #worker: Worker;

  constructor(module: URL) {
    const { Worker } = workerThreads();
    // The program has its own grants, and nothing reads this thread's streams of Node.
    this.#worker = new Worker(module, { env: environment(), stdin: true });
  }

  post(message: To): void {
    this.#worker.postMessage(message);
  }

  listen(received: (message: From) => void, failed: (error: Error) => void): void {
    this.#worker.on('message', received);
    this.#worker.on('error', failed);
    this.#worker.on('exit', () => failed(new Error('the thread of the program ended by itself')));
  }

  async terminate(): Promise<void> {
    this.#worker.removeAllListeners('exit');
    await this.#worker.terminate();
  }
}

/** @param module the name of the module that calls this, for those who load it elsewhere */
export function nodeHostThread<To = ToWorker, From = FromWorker>(
  module = 'run-worker',
): HostThread<To, From> {
  const { parentPort } = workerThreads();
  if (parentPort === null) throw new Error(`\`@wit-ts/wasi/${module}\` is the module of a worker`);
  return {
    post: (message) => parentPort.postMessage(message),
    listen: (listener) => void parentPort.on('message', listener),
  };
}
