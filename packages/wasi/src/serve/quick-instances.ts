import type { Fuel } from '@wit-ts/runtime';
import { EmptyBody } from '../http/empty-body.ts';
import type { Caller, HttpRequest, HttpResponse } from '../http/message.ts';
import type { ResponseReceiver } from '../p2/http/response-outparam.ts';
import type { WasiHttp2 } from '../p2/http/wasi-http.ts';
import { HasEffect } from '../system/has-effect.ts';
import type { Handle2 } from './handler-2.ts';
import { RequestWithBody, RewindableBody } from './rewindable-body.ts';

/** An instance that answers without waiting, or not at all. */
export interface QuickInstance {
  readonly handle: Handle2;
  readonly http: WasiHttp2;
  /** What each request has anew; absent if it is not limited. */
  readonly fuel: Fuel | undefined;
  close(): void;
}

/** The request begins again, in an instance that may wait and have effects. */
export class BeginAgain {
  readonly request: HttpRequest;

  constructor(request: HttpRequest) {
    this.request = request;
  }
}

/** After this many requests that had to begin again, quick instances are no longer tried. */
const MOST_IN_VAIN = 8;

/**
 * Answers requests to a component of 0.2 that need no waiting. Suspending a component costs more than most programs do
 * for a request, so a request is first given to an instance that cannot be suspended and has no effects. If it has to
 * wait, or is about to do something that others see, the instance is thrown away, and the request begins again in an
 * instance that can.
 */
export class QuickInstances {
  readonly #create: () => Promise<QuickInstance>;
  readonly #isReused: boolean;
  readonly #onError: (error: unknown) => void;
  readonly #free: QuickInstance[] = [];
  #inVain = 0;
  #isMakingSpare = false;
  #isClosed = false;

  /** @param isReused whether an instance takes further requests */
  constructor(create: () => Promise<QuickInstance>, isReused: boolean, onError: (error: unknown) => void) {
    this.#create = create;
    this.#isReused = isReused;
    this.#onError = onError;
  }

  /** Whether it is worth trying. */
  get isUseful(): boolean {
    return this.#inVain < MOST_IN_VAIN;
  }

  /** Returns the response, without a promise if there is an instance. Throws what the program failed with. */
  answer(
    request: HttpRequest,
    caller: Caller,
  ): HttpResponse | BeginAgain | Promise<HttpResponse | BeginAgain> {
    const instance = this.#free.pop();
    if (instance !== undefined) return this.#answerIn(instance, request, caller);
    return this.#create().then(
      (made) => this.#answerIn(made, request, caller),
      (error: unknown) => {
        // The component has effects when it starts.
        if (!needsMore(error)) {
          caller.spent?.(0);
          throw error;
        }
        this.#inVain += 1;
        return new BeginAgain(request);
      },
    );
  }

  close(): void {
    this.#isClosed = true;
    for (const instance of this.#free.splice(0)) instance.close();
  }

  #answerIn(instance: QuickInstance, request: HttpRequest, caller: Caller): HttpResponse | BeginAgain {
    const body = request.body instanceof EmptyBody ? undefined : new RewindableBody(request.body);
    const given = body === undefined ? request : new RequestWithBody(request, body);
    const outcome = new Outcome();
    const { http, fuel } = instance;
    fuel?.refill();
    try {
      const handled: unknown = instance.handle(http.incomingRequest(given), http.responseOutparam(outcome));
      void handled;
    } catch (error) {
      instance.close();
      if (needsMore(error)) {
        this.#inVain += 1;
        return new BeginAgain(body === undefined ? request : new RequestWithBody(request, body.rewound()));
      }
      this.#onError(error);
      this.#answered(instance, body, caller);
      throw error;
    }
    if (this.#isReused) {
      this.#free.push(instance);
    } else {
      instance.close();
      this.#makeSpare();
    }
    this.#answered(instance, body, caller);
    return outcome.response();
  }

  /** Makes an instance for the next request after this one was answered, so that it need not wait for it. */
  #makeSpare(): void {
    if (this.#isMakingSpare || this.#free.length > 0) return;
    this.#isMakingSpare = true;
    setTimeout(() => {
      void this.#create()
        .then((made) => {
          if (this.#isClosed) made.close();
          else this.#free.push(made);
        })
        // The next request makes one itself, and fails with the error.
        .catch(() => {})
        .finally(() => (this.#isMakingSpare = false));
    }, 0);
  }

  #answered({ http, fuel }: QuickInstance, body: RewindableBody | undefined, caller: Caller): void {
    caller.spent?.(fuel?.used ?? 0);
    http.failBodies('HTTP-response-incomplete');
    body?.commit();
    this.#inVain = Math.max(0, this.#inVain - 0.25);
  }
}

/** Takes the first of what a program says. */
class Outcome implements ResponseReceiver {
  #response: HttpResponse | undefined;
  #error: Error | undefined;

  resolve(response: HttpResponse): void {
    if (this.#error === undefined) this.#response ??= response;
  }

  reject(error: Error): void {
    if (this.#response === undefined) this.#error ??= error;
  }

  response(): HttpResponse {
    if (this.#response !== undefined) return this.#response;
    throw this.#error ?? new Error('the program returned without a response');
  }
}

/** Whether an instance failed because it had to wait, for which it gets a promise, or to have an effect. */
function needsMore(error: unknown): boolean {
  for (let depth = 0, each = error; depth < 8 && each instanceof Error; depth += 1, each = each.cause) {
    if (each instanceof HasEffect) return true;
    if (each instanceof TypeError && each.cause instanceof Promise) return true;
  }
  return false;
}
