import type { Platform } from './system/platform.ts';
import { noThreads } from './system/web/no-threads.ts';
import { webServices } from './system/web/web-services.ts';
import { WebThread, webHostThread } from './system/web/web-workers.ts';

/** What browsers and workers give to a host of WASI. */
export const platform: Platform = {
  ...webServices,
  startWorker() {
    // Service workers and workers at the edge have none.
    if (typeof Worker === 'undefined') return noThreads();
    // Bundlers look for exactly this expression.
    return new WebThread(new Worker(new URL('./run-worker.js', import.meta.url), { type: 'module' }));
  },
  hostThread: webHostThread,
};
