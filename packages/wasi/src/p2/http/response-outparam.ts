import type { HttpErrorCode } from '../../http/http-error.ts';
import { HttpError } from '../../http/http-error.ts';
import type { HttpResponse } from '../../http/message.ts';
import type { OutgoingResponse } from './outgoing-messages.ts';

type Outcome = { tag: 'ok'; val: OutgoingResponse } | { tag: 'err'; val: HttpErrorCode };

/** Receives the response of a program, or why there is none. */
export interface ResponseReceiver {
  resolve(response: HttpResponse): void;
  reject(error: Error): void;
}

/** `response-outparam` of `wasi:http/types`. */
export class ResponseOutparam {
  readonly #receiver: ResponseReceiver;

  constructor(receiver: ResponseReceiver) {
    this.#receiver = receiver;
  }

  static set(outparam: ResponseOutparam, outcome: Outcome): void {
    if (outcome.tag === 'ok') outparam.#receiver.resolve(outcome.val.response());
    else outparam.#receiver.reject(new HttpError(outcome.val));
  }

  /** After a response this changes nothing: the receiver takes the first of its calls. */
  [Symbol.dispose](): void {
    this.#receiver.reject(new Error('the program dropped its `response-outparam` without a response'));
  }
}
