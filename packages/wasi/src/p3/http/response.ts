import type { Fields, FieldsClass } from '../../http/fields.ts';
import type { HttpResponse } from '../../http/message.ts';
import { checkedStatus } from '../../http/request-head.ts';
import {
  type ContentStream,
  type Contents,
  MadeContents,
  ReceivedContents,
  type Trailers,
} from './contents.ts';

/** `response` of `wasi:http/types`. */
export class Response3 {
  readonly #headers: Fields;
  readonly #contents: Contents;
  #status = 200;
  #isTaken = false;

  private constructor(headers: Fields, contents: Contents) {
    this.#headers = headers;
    this.#contents = contents;
  }

  static new(
    headers: Fields,
    contents: ContentStream | undefined,
    trailers: Trailers,
  ): [response: Response3, transmitted: Promise<void>] {
    const made = new MadeContents(contents, trailers, 'HTTP-response-body-size');
    return [new Response3(headers.of(headers.taken()), made), made.transmitted];
  }

  /** The response that a host received. */
  static received(Class: FieldsClass, { headers, body, status }: HttpResponse): Response3 {
    const response = new Response3(new Class(headers), new ReceivedContents(body, Class));
    response.#status = status;
    return response;
  }

  getStatusCode(): number {
    return this.#status;
  }

  setStatusCode(status: number): void {
    this.#status = checkedStatus(status);
  }

  getHeaders(): Fields {
    return this.#headers.of(this.#headers.list, {});
  }

  static consumeBody(response: Response3, handled: Promise<void>): ReturnType<Contents['consumed']> {
    response.#isTaken = true;
    return response.#contents.consumed(handled);
  }

  /** Takes the response to send it. */
  taken(): HttpResponse {
    this.#isTaken = true;
    return {
      status: this.#status,
      headers: this.#headers.list,
      body: this.#contents.sent(this.#headers.list),
    };
  }

  [Symbol.dispose](): void {
    if (!this.#isTaken) this.#contents.close();
  }
}
