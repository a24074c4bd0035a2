import { ComponentError } from '@wit-ts/runtime';
import type { BodyPipe } from '../../http/body-pipe.ts';
import type { Fields } from '../../http/fields.ts';
import { HttpError, type HttpErrorCode } from '../../http/http-error.ts';
import { Children } from '../io/children.ts';
import type { OutputStream } from '../io/output-stream.ts';
import { type HttpContext, Once } from './context.ts';

/** `outgoing-body` of `wasi:http/types`. */
export class OutgoingBody {
  readonly #context: HttpContext;
  readonly #pipe: BodyPipe;
  readonly #children = new Children('outgoing-body');
  readonly #writing = new Once('outgoing-body.write');

  constructor(context: HttpContext, pipe: BodyPipe) {
    this.#context = context;
    this.#pipe = pipe;
  }

  write(): OutputStream {
    this.#writing.do();
    return this.#context.io.outputStream(this.#pipe.sink, { parent: this.#children });
  }

  static finish(body: OutgoingBody, trailers: Fields | undefined): void {
    body.#children.assertNone();
    body.#context.bodies.delete(body.#pipe);
    const error = body.#pipe.finish(trailers?.taken());
    if (error !== undefined) throw new ComponentError<HttpErrorCode>(error.errorCode, error.message);
  }

  /** A body that was not finished is not complete, and whoever reads it must see that. */
  [Symbol.dispose](): void {
    this.#children.assertNone();
    this.#context.bodies.delete(this.#pipe);
    this.#pipe.fail(new HttpError({ tag: 'HTTP-response-incomplete' }));
  }
}
