/** The types of the Fetch and DOM standards that published declarations use. Objects of browsers and Node fit them. */

/** The answer to a request, as `fetch` gives it. */
export interface Response {
  readonly ok: boolean;
  readonly url: string;
  readonly status: number;
  readonly statusText: string;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** What a client asks of a server. */
export interface Request {
  readonly method: string;
  readonly url: string;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** Bytes that a page holds, such as a `File`. */
export interface Blob {
  readonly size: number;
  readonly type: string;
  arrayBuffer(): Promise<ArrayBuffer>;
}
