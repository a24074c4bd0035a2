import type { Fuel } from '@wit-ts/runtime';
import type { Caller, HttpRequest, HttpResponse } from '../http/message.ts';
import type { IncomingRequest } from '../p2/http/incoming-messages.ts';
import type { ResponseOutparam, ResponseReceiver } from '../p2/http/response-outparam.ts';
import type { WasiHttp2 } from '../p2/http/wasi-http.ts';
import type { System } from '../system/system.ts';
import type { Answering, HandlerInstance } from './handler-instance.ts';

/** `handle` of `wasi:http/incoming-handler`. It returns a promise if the component may be suspended. */
export type Handle2 = (request: IncomingRequest, responseOut: ResponseOutparam) => void | Promise<void>;

/** An instance with `wasi:http/incoming-handler` of 0.2, which takes one request at a time. */
export class HandlerInstance2 implements HandlerInstance {
  readonly concurrency = 1;
  readonly fuel: Fuel | undefined;
  failure: unknown;
  readonly #handle: Handle2;
  readonly #http: WasiHttp2;
  readonly #system: System;

  constructor(handle: Handle2, http: WasiHttp2, system: System, fuel: Fuel | undefined) {
    this.#handle = handle;
    this.#http = http;
    this.#system = system;
    this.fuel = fuel;
  }

  answer(request: HttpRequest, caller: Caller): Answering {
    const { promise, resolve, reject } = Promise.withResolvers<HttpResponse>();
    let isRunning = true;
    caller.whenGone(() => {
      // Later the instance may have another request.
      if (isRunning) this.#http.failBodies('connection-terminated');
    });
    const ended = this.#run(request, { resolve, reject }).finally(() => (isRunning = false));
    return { response: promise, ended };
  }

  close(): void {
    this.failure ??= new Error('the instance was closed');
    this.#http.failBodies('connection-terminated');
    this.#system.close();
  }

  async #run(request: HttpRequest, receiver: ResponseReceiver): Promise<void> {
    try {
      const handled = this.#handle(
        this.#http.incomingRequest(request),
        this.#http.responseOutparam(receiver),
      );
      if (handled !== undefined) await handled;
      receiver.reject(new Error('the program returned without a response'));
    } catch (error) {
      this.failure = error;
      receiver.reject(error instanceof Error ? error : new Error(String(error)));
    } finally {
      // Bodies that the program has not finished are not complete: nobody writes to them any more.
      this.#http.failBodies('HTTP-response-incomplete');
    }
  }
}
