import type { CallOptions, Fuel } from '@wit-ts/runtime';
import type { Caller, HttpRequest, HttpResponse, MessageBody } from '../http/message.ts';
import type { Request3 } from '../p3/http/request.ts';
import type { Response3 } from '../p3/http/response.ts';
import { httpErrorOf } from '../p3/http/contents-source.ts';
import type { WasiHttp3 } from '../p3/http/wasi-http.ts';
import type { System } from '../system/system.ts';
import type { Answering, HandlerInstance } from './handler-instance.ts';
import { ComponentError } from '@wit-ts/runtime';

/** `handle` of `wasi:http/handler`. */
export type Handle3 = (request: Request3, options?: CallOptions) => Promise<Response3>;

/** An instance with `wasi:http/handler` of 0.3, which takes several requests at a time. */
export class HandlerInstance3 implements HandlerInstance {
  readonly concurrency: number;
  readonly fuel: Fuel | undefined;
  failure: unknown;
  readonly #handle: Handle3;
  readonly #http: WasiHttp3;
  readonly #system: System;

  constructor(handle: Handle3, http: WasiHttp3, system: System, concurrency: number, fuel: Fuel | undefined) {
    this.#handle = handle;
    this.#http = http;
    this.#system = system;
    this.concurrency = concurrency;
    this.fuel = fuel;
  }

  answer(request: HttpRequest, caller: Caller): Answering {
    const abort = new AbortController();
    caller.whenGone(() => abort.abort());
    const ended = Promise.withResolvers<void>();
    const response = this.#run(request, abort.signal, ended.resolve);
    response.catch(() => ended.resolve());
    return { response, ended: ended.promise };
  }

  close(): void {
    this.failure ??= new Error('the instance was closed');
    this.#system.close();
  }

  async #run(request: HttpRequest, signal: AbortSignal, ended: () => void): Promise<HttpResponse> {
    try {
      const response = (await this.#handle(this.#http.incoming(request), { signal })).taken();
      // The program goes on until its body was read.
      return { ...response, body: observed(response.body, ended) };
    } catch (error) {
      if (error instanceof ComponentError) throw httpErrorOf(error);
      if (!signal.aborted) this.failure = error;
      throw error;
    }
  }
}

/** Calls a listener when nobody reads a body any more. */
function observed(body: MessageBody, ended: () => void): MessageBody {
  return {
    source: body.source,
    trailers: () => body.trailers(),
    settle(error) {
      body.settle?.(error);
      ended();
    },
  };
}
