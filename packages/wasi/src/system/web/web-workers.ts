import type { FromWorker, ToWorker } from '../../worker/messages.ts';
import type { HostThread } from '../../worker/serve-host.ts';
import type { WorkerThread } from '../platform.ts';

/** A worker of a browser. */
export class WebThread implements WorkerThread {
  readonly #worker: Worker;

  constructor(worker: Worker) {
    this.#worker = worker;
  }

  post(message: ToWorker): void {
    this.#worker.postMessage(message);
  }

  listen(received: (message: FromWorker) => void, failed: (error: Error) => void): void {
    this.#worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => received(data));
    this.#worker.addEventListener('error', ({ message }) => {
      failed(new Error(message === '' ? 'the module `@wit-ts/wasi/run-worker` cannot be loaded' : message));
    });
  }

  async terminate(): Promise<void> {
    this.#worker.terminate();
  }
}

/** What a worker has in place of a window, as far as it is used here. */
interface WorkerScope {
  postMessage(message: FromWorker): void;
  addEventListener(type: 'message', listener: (event: MessageEvent<ToWorker>) => void): void;
}

export function webHostThread(): HostThread {
  const scope = globalThis as unknown as WorkerScope;
  return {
    post: (message) => scope.postMessage(message),
    listen: (listener) => scope.addEventListener('message', ({ data }) => listener(data)),
  };
}
