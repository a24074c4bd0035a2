import { ComponentError, type Future, type Stream, type StreamSource } from '@wit-ts/runtime';
import type { AnnouncedLength } from '../../http/body-pipe.ts';
import { contentLength } from '../../http/content-length.ts';
import { EmptyBody } from '../../http/empty-body.ts';
import type { FieldList } from '../../http/field-list.ts';
import type { Fields, FieldsClass } from '../../http/fields.ts';
import { errorCodeOf, type HttpErrorCode } from '../../http/http-error.ts';
import type { MessageBody } from '../../http/message.ts';
import { BodyStream } from './body-stream.ts';
import { httpErrorOf, ContentsSource } from './contents-source.ts';

export type ContentStream = Stream<number, Uint8Array<ArrayBuffer>>;
export type Trailers = Future<Fields | undefined, HttpErrorCode>;
type ConsumedBody = [contents: StreamSource<number>, trailers: Promise<Fields | undefined>];

/** What is in a message: the body of one that the host received, or the stream of one that a program made. */
export abstract class Contents {
  /** What is sent. */
  abstract sent(headers: FieldList): MessageBody;
  /** What the program reads. @param handled how the program handles the message */
  abstract consumed(handled: Promise<void>): ConsumedBody;
  /** The message was dropped and nobody has taken its contents. */
  abstract close(): void;
}

/** The contents of a message that the host received. */
export class ReceivedContents extends Contents {
  readonly #body: MessageBody;
  readonly #Fields: FieldsClass;

  constructor(body: MessageBody, Class: FieldsClass) {
    super();
    this.#body = body;
    this.#Fields = Class;
  }

  sent(): MessageBody {
    return this.#body;
  }

  consumed(handled: Promise<void>): ConsumedBody {
    // The caller learns from the response what went wrong.
    handled.catch(() => {});
    const stream = new BodyStream(this.#body);
    const trailers = stream.trailers.then(
      (list) => list && new this.#Fields(list, {}),
      (error: unknown) => {
        throw error instanceof ComponentError ? error : new ComponentError(errorCodeOf(error));
      },
    );
    trailers.catch(() => {});
    return [stream, trailers];
  }

  close(): void {
    this.#body.source.close();
  }
}

/** The contents of a message that a program made. */
export class MadeContents extends Contents {
  readonly #stream: ContentStream | undefined;
  readonly #trailers: Trailers;
  readonly #code: AnnouncedLength['code'];
  readonly #transmitted = Promise.withResolvers<void>();

  constructor(stream: ContentStream | undefined, trailers: Trailers, code: AnnouncedLength['code']) {
    super();
    this.#stream = stream;
    this.#trailers = trailers;
    this.#code = code;
    this.transmitted.catch(() => {});
  }

  /** How the transmission of the message ended. */
  get transmitted(): Promise<void> {
    return this.#transmitted.promise;
  }

  sent(headers: FieldList): MessageBody {
    const length = contentLength(headers);
    const announced = typeof length === 'number' ? { bytes: length, code: this.#code } : undefined;
    const source = this.#stream === undefined ? new EmptyBody() : new ContentsSource(this.#stream, announced);
    return {
      source,
      trailers: () => this.#sentTrailers(),
      settle: (error) => this.#settle(error),
    };
  }

  consumed(handled: Promise<void>): ConsumedBody {
    this.#transmitted.resolve(handled);
    return [this.#stream ?? [], this.#trailers];
  }

  close(): void {
    this.#stream?.cancel().catch(() => {});
    this.#settle(httpErrorOf(undefined));
  }

  async #sentTrailers(): Promise<FieldList | undefined> {
    try {
      return (await this.#trailers)?.taken();
    } catch (error) {
      throw httpErrorOf(error);
    }
  }

  #settle(error: unknown): void {
    if (error === undefined) this.#transmitted.resolve();
    else this.#transmitted.reject(new ComponentError(httpErrorOf(error).errorCode));
  }
}
