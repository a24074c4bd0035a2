import type { ByteSource } from '../system/byte-streams.ts';
import type { FieldList } from './field-list.ts';

/** The body of a message, in whichever direction it goes. It is read once. */
export interface MessageBody {
  /**
   * Throws an `HttpError` when the body is not complete. Closing it before its end means that nobody needs the rest.
   */
  readonly source: ByteSource;
  /**
   * Returns the trailers, if there are any, or a promise of them when the body has not ended. Throws or rejects with an
   * `HttpError` when the body is not complete.
   */
  trailers(): FieldList | undefined | Promise<FieldList | undefined>;
  /** Receives how sending the message has ended: without an error when all of it has left this process. */
  settle?(error?: unknown): void;
}

/** A request that a host received or a program made. */
export interface HttpRequest {
  /** As it is sent: `GET`. */
  readonly method: string;
  /** In lower case. */
  readonly scheme: string | undefined;
  readonly authority: string | undefined;
  readonly pathWithQuery: string | undefined;
  readonly headers: FieldList;
  readonly body: MessageBody;
}

/** A response that a host received or a program made. */
export interface HttpResponse {
  readonly status: number;
  readonly headers: FieldList;
  readonly body: MessageBody;
}

/** Whoever sent a request and waits for the response. */
export interface Caller {
  readonly isGone: boolean;
  /** Calls the listener when the caller goes before the response is complete. */
  whenGone(listener: () => void): void;
  /** Receives how much fuel a program used for the request, once, and 0 if none had it. Absent if nobody asks. */
  readonly spent?: ((operators: number) => void) | undefined;
  /** The response will not become complete: ends a response that has begun, and answers otherwise that it is late. */
  cut?(): void;
}

/**
 * Answers a request, without a promise if nothing has to be waited for. Throws or rejects with an `HttpError` or any
 * other error when there is no response; the caller does not see its text.
 */
export type AnswerRequest = (request: HttpRequest, caller: Caller) => HttpResponse | Promise<HttpResponse>;

/** How long a request may wait, in nanoseconds. */
export interface RequestTimeouts {
  readonly connect?: bigint | undefined;
  readonly firstByte?: bigint | undefined;
  readonly betweenBytes?: bigint | undefined;
}

/** A request that a grant covers, with everything that its URL needs. */
export interface GrantedRequest extends HttpRequest {
  readonly scheme: 'http' | 'https';
  readonly authority: string;
  readonly pathWithQuery: string;
}

export interface SendOptions {
  readonly timeouts: RequestTimeouts;
  /** Whether a connection may be made to an address that the host was looked up for. */
  mayUse(address: string): boolean;
}

/** Sends requests of programs. It follows no redirects: these are requests that the program makes. */
export interface HttpClient {
  /** Rejects with an `HttpError` when there is no response. */
  send(request: GrantedRequest, options: SendOptions): Promise<HttpResponse>;
}
