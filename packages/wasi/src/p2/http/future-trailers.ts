import type { FieldList } from '../../http/field-list.ts';
import type { Fields } from '../../http/fields.ts';
import { errorCodeOf, type HttpErrorCode } from '../../http/http-error.ts';
import type { MessageBody } from '../../http/message.ts';
import { readToEnd } from '../../http/read-to-end.ts';
import { Children } from '../io/children.ts';
import type { Pollable } from '../io/pollable.ts';
import type { HttpContext } from './context.ts';
import { Answer } from './answer.ts';

type Result<T, E> = { tag: 'ok'; val: T } | { tag: 'err'; val: E };

/** `future-trailers` of `wasi:http/types`. */
export class FutureTrailers {
  readonly #context: HttpContext;
  readonly #body: MessageBody;
  readonly #children = new Children('future-trailers');
  readonly #answer: Answer<FieldList | undefined>;

  constructor(context: HttpContext, body: MessageBody) {
    this.#context = context;
    this.#body = body;
    this.#answer = new Answer(trailersAfter(body));
  }

  subscribe(): Pollable {
    return this.#context.io.pollable(this.#answer, this.#children);
  }

  get(): Result<Result<Fields | undefined, HttpErrorCode>, undefined> | undefined {
    const settled = this.#answer.take();
    if (settled === undefined) return undefined;
    if (settled === 'taken') return { tag: 'err', val: undefined };
    if (settled.tag === 'rejected')
      return { tag: 'ok', val: { tag: 'err', val: errorCodeOf(settled.reason) } };
    const { value: list } = settled;
    const fields = list && this.#context.childFields(list, this.#children);
    return { tag: 'ok', val: { tag: 'ok', val: fields } };
  }

  [Symbol.dispose](): void {
    this.#children.assertNone();
    this.#body.source.close();
  }
}

/** The program reads nothing more of the body: what is left is taken, so that the trailers can come. */
async function trailersAfter(body: MessageBody): Promise<FieldList | undefined> {
  await readToEnd(body.source);
  return body.trailers();
}
