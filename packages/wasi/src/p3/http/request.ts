import type { Fields, FieldsClass } from '../../http/fields.ts';
import type { HttpRequest } from '../../http/message.ts';
import { RequestHead } from '../../http/request-head.ts';
import type { Method, Scheme } from '../../http/request-target.ts';
import {
  type ContentStream,
  type Contents,
  MadeContents,
  ReceivedContents,
  type Trailers,
} from './contents.ts';
import type { RequestOptions3 } from './request-options.ts';

/** `request` of `wasi:http/types`. */
export class Request3 {
  readonly #head: RequestHead;
  readonly #headers: Fields;
  readonly #contents: Contents;
  readonly #options: RequestOptions3 | undefined;
  #isTaken = false;

  private constructor(
    head: RequestHead,
    headers: Fields,
    contents: Contents,
    options: RequestOptions3 | undefined,
  ) {
    this.#head = head;
    this.#headers = headers;
    this.#contents = contents;
    this.#options = options;
  }

  static new(
    headers: Fields,
    contents: ContentStream | undefined,
    trailers: Trailers,
    options: RequestOptions3 | undefined,
  ): [request: Request3, transmitted: Promise<void>] {
    const made = new MadeContents(contents, trailers, 'HTTP-request-body-size');
    const request = new Request3(new RequestHead(), headers.of(headers.taken()), made, options?.immutable());
    return [request, made.transmitted];
  }

  /** The request that a host received. */
  static received(Class: FieldsClass, received: HttpRequest): Request3 {
    const { headers, body } = received;
    const contents = new ReceivedContents(body, Class);
    return new Request3(RequestHead.of(received), new Class(headers), contents, undefined);
  }

  getMethod(): Method {
    return this.#head.method;
  }

  setMethod(method: Method): void {
    this.#head.method = method;
  }

  getPathWithQuery(): string | undefined {
    return this.#head.pathWithQuery;
  }

  setPathWithQuery(pathWithQuery: string | undefined): void {
    this.#head.pathWithQuery = pathWithQuery;
  }

  getScheme(): Scheme | undefined {
    return this.#head.scheme;
  }

  setScheme(scheme: Scheme | undefined): void {
    this.#head.scheme = scheme;
  }

  getAuthority(): string | undefined {
    return this.#head.authority;
  }

  setAuthority(authority: string | undefined): void {
    this.#head.authority = authority;
  }

  getOptions(): RequestOptions3 | undefined {
    return this.#options?.immutable();
  }

  getHeaders(): Fields {
    return this.#headers.of(this.#headers.list, {});
  }

  static consumeBody(request: Request3, handled: Promise<void>): ReturnType<Contents['consumed']> {
    request.#isTaken = true;
    return request.#contents.consumed(handled);
  }

  /** Takes the request to send it. */
  taken(): { readonly request: HttpRequest; readonly timeouts: RequestOptions3['timeouts'] } {
    this.#isTaken = true;
    const request = {
      ...this.#head.parts(),
      headers: this.#headers.list,
      body: this.#contents.sent(this.#headers.list),
    };
    return { request, timeouts: this.#options?.timeouts ?? {} };
  }

  [Symbol.dispose](): void {
    if (!this.#isTaken) this.#contents.close();
  }
}
