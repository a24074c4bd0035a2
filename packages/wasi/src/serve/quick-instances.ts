import type { HttpRequest, HttpResponse } from '../http/message.ts';
import type { Handle2 } from './handler-2.ts';
import type { WasiHttp2 } from '../p2/http/wasi-http.ts';
import { RewindableBody, withBody } from './rewindable-body.ts';
import { HasEffect } from './without-effects.ts';

/** An instance that answers without waiting, or not at all. */
export interface QuickInstance {
  readonly handle: Handle2;
  readonly http: WasiHttp2;
  close(): void;
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

  /**
   * Returns the response. Throws what the program failed with, and returns the request to begin again when it has to
   * wait.
   */
  async answer(request: HttpRequest): Promise<HttpResponse | { readonly again: HttpRequest }> {
    const instance = this.#free.pop() ?? (await this.#create());
    const body = new RewindableBody(request.body);
    let outcome: { response: HttpResponse } | { error: Error } | undefined;
    const receiver = {
      resolve: (response: HttpResponse) => void (outcome ??= { response }),
      reject: (error: Error) => void (outcome ??= { error }),
    };
    let isReusable = this.#isReused;
    try {
      const handled: unknown = instance.handle(...instance.http.incoming(withBody(request, body), receiver));
      void handled;
      receiver.reject(new Error('the program returned without a response'));
    } catch (error) {
      isReusable = false;
      if (needsMore(error)) {
        instance.close();
        this.#inVain += 1;
        return { again: withBody(request, body.rewound()) };
      }
      this.#onError(error);
      outcome = { error: error instanceof Error ? error : new Error(String(error)) };
    }
    instance.http.failBodies('HTTP-response-incomplete');
    if (isReusable) this.#free.push(instance);
    else instance.close();
    body.commit();
    this.#inVain = Math.max(0, this.#inVain - 0.25);
    if (outcome !== undefined && 'response' in outcome) return outcome.response;
    throw outcome?.error ?? new Error('the program returned without a response');
  }

  close(): void {
    for (const instance of this.#free.splice(0)) instance.close();
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
