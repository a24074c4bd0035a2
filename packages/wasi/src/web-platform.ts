import { fetchClient } from './http/web/fetch-client.ts';
import type { Platform } from './system/platform.ts';
import { WebThread, webHostThread } from './system/web/web-workers.ts';
import { fillFromWebCrypto } from './system/random.ts';

/** What browsers and workers give to a host of WASI. */
export const platform: Platform = {
  // Bundlers look for exactly this expression.
  startWorker: () =>
    new WebThread(new Worker(new URL('./run-worker.js', import.meta.url), { type: 'module' })),
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
