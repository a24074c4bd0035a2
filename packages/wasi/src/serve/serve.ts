import { platform } from '#platform';
import type { Grants } from '../grants.ts';
import { checkServeOptions } from './check-options.ts';
import type { HandlerSource } from './handler-component.ts';
import type { HandlerOptions } from './options.ts';

/** How a server listens, and what it reports. */
export interface ServeOptions extends HandlerOptions {
  /** `127.0.0.1` by default: other machines reach it only if this is set. */
  readonly host?: string;
  /** 8080 by default; 0 for one that is free. */
  readonly port?: number;
  /**
   * How many threads answer requests, each with its own instances; absent for the thread that calls `serve`. A thread
   * whose component does not come back is ended and replaced (`StuckError`), so that a component that loops for ever
   * stops neither the server nor the host. `concurrent` and `queued` are divided among them. More than one need a
   * system that divides connections (Linux, with Node 22.12).
   */
  readonly workers?: number;
  /** Receives every request after its response has ended. */
  readonly onRequest?: (entry: AccessEntry) => void;
}

/** A request that was answered. */
export interface AccessEntry {
  readonly method: string;
  /** The path and query, as they were sent: print them with care. */
  readonly path: string;
  /** 0 when the client left, or the thread was ended, before there was a response. */
  readonly status: number;
  readonly milliseconds: number;
  readonly remoteAddress: string;
  /** The operators that the program executed for it; absent without `limits.fuel`, and if the thread was ended. */
  readonly fuel?: number;
}

/** A server that runs. */
export interface Server {
  /** `http://127.0.0.1:8080` */
  readonly address: string;
  /**
   * Gives the requests that arrive from now on to another component, with the same grants and options. Requests that
   * have begun are answered by the component that has them. Rejects like `serve` when the other component cannot be
   * served; the one before stays then.
   */
  replace(source: HandlerSource): Promise<void>;
  /**
   * Takes no more connections, waits until the requests that have begun are answered, and ends. Connections that are
   * still open after `milliseconds` (10,000 by default) are cut.
   */
  close(milliseconds?: number): Promise<void>;
}

/** Serves a component on a platform. */
export type ServeFunction = (source: HandlerSource, grants: Grants, options: ServeOptions) => Promise<Server>;

/**
 * Serves a component over HTTP/1.1, with `node:http`. On platforms without it, mount `fetchHandler`.
 *
 * @param source the bytes of the component, or what `compile` returned
 * @throws TypeError when the component exports no handler, the grants or options are wrong, or the platform has no
 *   server
 * @throws LinkError when the component imports something else than WASI
 */
export async function serve(
  source: HandlerSource,
  grants: Grants = {},
  options: ServeOptions = {},
): Promise<Server> {
  checkServeOptions(options);
  if (platform.loadServer === undefined)
    throw new TypeError('`serve` needs `node:http`, which this platform does not have; mount `fetchHandler`');
  return (await platform.loadServer(options.workers !== undefined))(source, grants, options);
}
