/** The module of the worker that `runInWorker` starts. */
import { platform } from '#platform';
import { serveHost } from './worker/serve-host.ts';

serveHost(platform.hostThread());
