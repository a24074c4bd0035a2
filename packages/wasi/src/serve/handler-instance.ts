import type { Fuel } from '@wit-ts/runtime';
import type { Caller, HttpRequest, HttpResponse } from '../http/message.ts';
import type { QuickInstance } from './quick-instances.ts';

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

/** Makes the instances of one component that handles requests. */
export interface HandlerInstances {
  /** The version of WASI: 2 for 0.2, and 3 for 0.3. */
  readonly version: 2 | 3;
  readonly hasQuickInstances: boolean;
  create(): Promise<HandlerInstance>;
  createQuick(): Promise<QuickInstance>;
}
