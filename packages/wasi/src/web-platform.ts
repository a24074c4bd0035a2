import { fetchClient } from './http/web/fetch-client.ts';
import type { Platform } from './system/platform.ts';
import { WebThread, webHostThread } from './system/web/web-workers.ts';
import { fillFromWebCrypto } from './system/random.ts';

/** What browsers and workers give to a host of WASI. */
export const platform: Platform = {
  startWorker() {
    // Service workers and workers at the edge have none.
    if (typeof Worker === 'undefined')
      throw new TypeError('this platform has no threads: use `run`, which runs a program in this thread');
    // Bundlers look for exactly this expression.
    return new WebThread(new Worker(new URL('./run-worker.js', import.meta.url), { type: 'module' }));
  },
  hostThread: webHostThread,
  fillRandom: fillFromWebCrypto,
  monotonicNow() {
    const now = performance.now();
    const milliseconds = Math.floor(now);
    return BigInt(milliseconds) * 1_000_000n + BigInt(Math.round((now - milliseconds) * 1e6));
  },
  // High Resolution Time, section 7.2: pages that are isolated read a finer clock.
  monotonicResolution: () => (globalThis.crossOriginIsolated ? 5_000n : 100_000n),
  httpClient: () => fetchClient,
};
