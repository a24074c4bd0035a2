/** What published declarations use of the Fetch and DOM standards. The objects of browsers and Node are assignable to it. */

/** The answer to a request, as `fetch` gives it. */
export interface Response {
  readonly ok: boolean;
  readonly url: string;
  readonly status: number;
  readonly statusText: string;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** A signal of an `AbortController`. */
export interface AbortSignal {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void, options?: { readonly once?: boolean }): void;
}
