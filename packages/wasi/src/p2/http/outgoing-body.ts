import { ComponentError } from '@wit-ts/runtime';
import type { BodyPipe } from '../../http/body-pipe.ts';
import type { Fields } from '../../http/fields.ts';
import { HttpError, type HttpErrorCode } from '../../http/http-error.ts';
import { Children } from '../io/children.ts';
import type { OutputStream } from '../io/output-stream.ts';
import { type HttpContext, Once } from './context.ts';

/** `outgoing-body` of `wasi:http/types`. */
export class OutgoingBody {
  readonly #pipe: BodyPipe;
  readonly #bodies: HttpContext['bodies'];
  readonly #children = new Children('outgoing-body');
  readonly #stream: Once<() => OutputStream>;

  constructor({ io, bodies }: HttpContext, pipe: BodyPipe) {
    this.#pipe = pipe;
    this.#bodies = bodies;
    const owner = { parent: this.#children };
    this.#stream = new Once('outgoing-body.write', () => io.outputStream(pipe.sink, owner));
  }

  write(): OutputStream {
    return this.#stream.take()();
  }

  static finish(body: OutgoingBody, trailers: Fields | undefined): void {
    body.#children.assertNone();
    body.#bodies.delete(body.#pipe);
    const error = body.#pipe.finish(trailers?.taken());
    if (error !== undefined) throw new ComponentError<HttpErrorCode>(error.errorCode, error.message);
  }

  /** A body that was not finished is not complete, and whoever reads it must see that. */
  [Symbol.dispose](): void {
    this.#children.assertNone();
    this.#bodies.delete(this.#pipe);
    this.#pipe.fail(new HttpError({ tag: 'HTTP-response-incomplete' }));
  }
}
