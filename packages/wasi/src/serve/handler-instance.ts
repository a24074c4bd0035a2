import type { Fuel } from '@wit-ts/runtime';
import type { Caller, HttpRequest, HttpResponse } from '../http/message.ts';

/** A request in an instance. */
export interface Answering {
  /** Resolves when the program gives its response, whose body may go on after that. */
  readonly response: Promise<HttpResponse>;
  /** Resolves when the program has ended its work on the request, or has failed. It never rejects. */
  readonly ended: Promise<void>;
}

/** An instance of a component that handles requests. */
export interface HandlerInstance {
  /** How many requests it takes at a time. */
  readonly concurrency: number;
  /** What each request has anew; absent if it is not limited. */
  readonly fuel: Fuel | undefined;
  /** Why it takes no more requests: it has failed. */
  readonly failure: unknown;
  answer(request: HttpRequest, caller: Caller): Answering;
  /** Ends whatever it does: its streams fail, and it is not called again. */
  close(): void;
}
