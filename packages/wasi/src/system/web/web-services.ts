import { fetchClient } from '../../http/web/fetch-client.ts';
import type { Platform } from '../platform.ts';
import { fillFromWebCrypto } from '../random.ts';

/** What pages, their workers, and workers at the edge all give to a host of WASI. */
export const webServices: Omit<Platform, 'startWorker' | 'hostThread'> = {
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
