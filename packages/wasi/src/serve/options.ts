import type { Limits } from '@wit-ts/runtime';

/** How instances are made and what they may take. */
export interface HandlerOptions {
  /**
   * Which instance a request gets. `request`: its own, so that requests share nothing. `pool`: one that other requests
   * have used. By default, handlers of 0.2 get `request`, and handlers of 0.3 get `pool`, as their WIT expects.
   */
  readonly instances?: 'request' | 'pool';
  readonly limits?: HandlerLimits;
  /** Receives what failed in an instance. Clients see a status without the text of the error. */
  readonly onError?: (error: unknown) => void;
}

/** The most that requests may take. */
export interface HandlerLimits {
  /** Milliseconds until a request is answered completely; 60,000 by default. */
  readonly milliseconds?: number;
  /** Bytes of the body of a request; 1 GiB by default. */
  readonly bodyBytes?: number;
  /** Requests that are answered at once; 256 by default. */
  readonly concurrent?: number;
  /** Requests that wait until others have ended, before a request is refused with the status 503; 1,024 by default. */
  readonly queued?: number;
  /** Requests at once in one instance of 0.3; 16 by default. */
  readonly concurrentPerInstance?: number;
  /** Requests until an instance of a pool is replaced: 128 by default for 0.3, not limited for 0.2. */
  readonly requestsPerInstance?: number;
  /**
   * Operators of WebAssembly for each request (`docs/fuel.md`), after which it is answered with the status 500.
   * Starting an instance may take as many, which are not counted for a request. An instance then takes one request at a
   * time.
   */
  readonly fuel?: number;
  /** What the instances of the component may take, as `instantiate` limits it. */
  readonly instance?: Limits;
}

/**
 * Returns the limits for which a component is compiled that answers requests.
 *
 * @throws TypeError when limits exclude each other
 */
export function limitsToCompile({
  fuel,
  instance,
  concurrentPerInstance = 1,
}: HandlerLimits): Limits | undefined {
  if (fuel === undefined) return instance;
  if (instance?.fuel !== undefined)
    throw new TypeError(
      'limits.fuel: each request has its own, so `limits.instance.fuel` cannot be given, too',
    );
  if (concurrentPerInstance > 1)
    throw new TypeError(
      'limits.concurrentPerInstance: with `limits.fuel`, an instance takes one request at a time',
    );
  return { ...instance, fuel };
}
