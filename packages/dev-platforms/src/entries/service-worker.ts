/**
 * The test file for a service worker, which may load no module after it has started. The page that registers it sends a
 * message, and receives the report.
 */
import staticModules from './static-modules.worker.js';
import { runAllCases } from '../suite/run-cases.ts';
import { loadBeside } from './load-beside.ts';

/** The part of the global object of a service worker that is used. */
interface ServiceWorker {
  addEventListener(event: 'message', listener: (event: MessageFromPage) => void): void;
}

interface MessageFromPage {
  readonly source: { postMessage(message: string): void };
  /** Keeps the worker alive until the promise settles. */
  waitUntil(promise: Promise<unknown>): void;
}

(globalThis as unknown as ServiceWorker).addEventListener('message', (event) => {
  event.waitUntil(
    runAllCases({
      load: loadBeside,
      staticModules,
      outside: location.origin,
      report: (line) => event.source.postMessage(JSON.stringify(line)),
    }),
  );
});
