import { ComponentError } from '@wit-ts/runtime';
import type { FieldList } from '../../http/field-list.ts';
import { errorCodeOf, type HttpErrorCode } from '../../http/http-error.ts';
import type { MessageBody } from '../../http/message.ts';

/** How many bytes the program receives at a time. */
const CHUNK = 65_536;

type Chunk = Uint8Array<ArrayBuffer>;

/** The contents of a message that the host received, as a stream for a program. */
export class BodyStream implements AsyncIterableIterator<Chunk, undefined> {
  /**
   * Settles after the end of the stream, with the trailers or with what was wrong. A program that stops reading needs
   * neither.
   */
  readonly trailers: Promise<FieldList | undefined>;
  readonly #body: MessageBody;
  readonly #ended = Promise.withResolvers<FieldList | undefined>();
  #hasEnded = false;

  constructor(body: MessageBody) {
    this.#body = body;
    this.trailers = this.#ended.promise;
    this.trailers.catch(() => {});
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<Chunk, undefined>> {
    const { source } = this.#body;
    try {
      while (!this.#hasEnded) {
        const value = source.read(CHUNK);
        if (value === undefined) this.#end(this.#body.trailers());
        else if (value.length > 0) return { done: false, value };
        else await source.ready();
      }
    } catch (error) {
      // A stream of WIT only ends. The future has the reason.
      this.#end(
        Promise.reject(new ComponentError<HttpErrorCode>(errorCodeOf(error), 'the body is not complete')),
      );
    }
    return { done: true, value: undefined };
  }

  async return(): Promise<IteratorResult<Chunk, undefined>> {
    if (!this.#hasEnded) {
      this.#end(undefined);
      this.#body.source.close();
    }
    return { done: true, value: undefined };
  }

  #end(trailers: ReturnType<MessageBody['trailers']>): void {
    this.#hasEnded = true;
    this.#ended.resolve(trailers);
  }
}
