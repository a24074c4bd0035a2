import { errorCodeOf, type HttpErrorCode } from '../../http/http-error.ts';
import type { HttpResponse } from '../../http/message.ts';
import { Children } from '../io/children.ts';
import type { Pollable } from '../io/pollable.ts';
import type { HttpContext } from './context.ts';
import { IncomingResponse } from './incoming-messages.ts';
import { Answer } from './answer.ts';

type Result<T, E> = { tag: 'ok'; val: T } | { tag: 'err'; val: E };

/** `future-incoming-response` of `wasi:http/types`. */
export class FutureIncomingResponse {
  readonly #context: HttpContext;
  readonly #response: Promise<HttpResponse>;
  readonly #answer: Answer<HttpResponse>;
  readonly #children = new Children('future-incoming-response');
  #isTaken = false;

  constructor(context: HttpContext, response: Promise<HttpResponse>) {
    this.#context = context;
    this.#response = response;
    this.#answer = new Answer(response);
  }

  subscribe(): Pollable {
    return this.#context.io.pollable(this.#answer, this.#children);
  }

  get(): Result<Result<IncomingResponse, HttpErrorCode>, undefined> | undefined {
    const settled = this.#answer.take();
    if (settled === undefined) return undefined;
    if (settled === 'taken') return { tag: 'err', val: undefined };
    this.#isTaken = true;
    if (settled.tag === 'rejected')
      return { tag: 'ok', val: { tag: 'err', val: errorCodeOf(settled.reason) } };
    return { tag: 'ok', val: { tag: 'ok', val: new IncomingResponse(this.#context, settled.value) } };
  }

  [Symbol.dispose](): void {
    this.#children.assertNone();
    // Nobody can read a response that was not taken.
    if (!this.#isTaken)
      this.#response.then(
        ({ body }) => body.source.close(),
        () => {},
      );
  }
}
