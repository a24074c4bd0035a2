import type { Grants } from '../../grants.ts';
import type { HandlerSource } from '../handler-component.ts';
import type { ServeFunction, ServeOptions } from '../serve.ts';
import { grantsForThreads, postedComponent, shareOf } from './posted-serving.ts';
import { findPort } from './shared-port.ts';
import { ThreadedServer } from './threaded-server.ts';

/** Returns the function that serves a component in threads. @param module the module of the threads */
export function serveInThreads(module: URL): ServeFunction {
  return async (source: HandlerSource, grants: Grants, options: ServeOptions) => {
    const { workers = 1, host = '127.0.0.1', port = 8080, instances, limits = {} } = options;
    if (!Number.isInteger(workers) || workers < 1 || workers > MOST_WORKERS)
      throw new TypeError(
        `options.workers: expected a whole number from 1 to ${MOST_WORKERS}, got ${String(workers)}`,
      );
    const posted = grantsForThreads(grants);
    const component = await postedComponent(source, limits);
    const found = await findPort(host, port);
    if (workers > 1 && !found.isShared)
      throw new TypeError(
        'options.workers: more than one need Linux and Node 22.12, which divide the connections among threads; here 1 works',
      );
    const server = new ThreadedServer({
      module,
      grants: posted,
      limits,
      setup: {
        host: found.host,
        port: found.port,
        sharesPort: found.isShared,
        reports: { refusals: grants.onRefused !== undefined, requests: options.onRequest !== undefined },
        options: { ...(instances !== undefined && { instances }), limits: shareOf(limits, workers) },
      },
      reports: {
        onRefused: grants.onRefused,
        onCall: grants.onCall,
        onRequest: options.onRequest,
        onError: options.onError ?? ((error) => console.warn(error)),
      },
    });
    await server.start(component, workers);
    return server;
  };
}

/** Far more than any machine has processors. */
const MOST_WORKERS = 1024;
