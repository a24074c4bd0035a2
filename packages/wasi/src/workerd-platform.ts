import type { Platform } from './system/platform.ts';
import { noThreads } from './system/web/no-threads.ts';
import { webServices } from './system/web/web-services.ts';

/** What workerd, the runtime of Cloudflare Workers, gives to a host of WASI. */
export const platform: Platform = { ...webServices, startWorker: noThreads, hostThread: noThreads };
