import type { MessageBody } from '../../http/message.ts';
import { Children } from '../io/children.ts';
import type { InputStream } from '../io/input-stream.ts';
import { type HttpContext, Once } from './context.ts';
import { FutureTrailers } from './future-trailers.ts';

/** `incoming-body` of `wasi:http/types`. */
export class IncomingBody {
  readonly #context: HttpContext;
  readonly #body: MessageBody;
  readonly #children = new Children('incoming-body');
  readonly #streaming = new Once('incoming-body.stream');

  constructor(context: HttpContext, body: MessageBody) {
    this.#context = context;
    this.#body = body;
  }

  stream(): InputStream {
    this.#streaming.do();
    // The body stays open when its stream is dropped: the trailers come after what is left of it.
    return this.#context.io.inputStream(this.#body.source, { parent: this.#children, isShared: true });
  }

  static finish(body: IncomingBody): FutureTrailers {
    body.#children.assertNone();
    return new FutureTrailers(body.#context, body.#body);
  }

  [Symbol.dispose](): void {
    this.#children.assertNone();
    this.#body.source.close();
  }
}
