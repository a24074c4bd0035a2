import type { Fields, FieldsClass } from '../../http/fields.ts';
import type { HttpRequest } from '../../http/message.ts';
import {
  isAuthority,
  isPathWithQuery,
  type Method,
  methodOf,
  methodText,
  type Scheme,
  schemeOf,
  schemeText,
} from '../../http/request-target.ts';
import {
  type ContentStream,
  type Contents,
  MadeContents,
  ReceivedContents,
  type Trailers,
} from './contents.ts';
import { unitError } from '../../http/unit-error.ts';
import type { RequestOptions3 } from './request-options.ts';

/** `request` of `wasi:http/types`. */
export class Request3 {
  readonly #headers: Fields;
  readonly #contents: Contents;
  readonly #options: RequestOptions3 | undefined;
  #method = 'GET';
  #pathWithQuery: string | undefined;
  #scheme: string | undefined;
  #authority: string | undefined;
  #isTaken = false;

  private constructor(headers: Fields, contents: Contents, options: RequestOptions3 | undefined) {
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
    const request = new Request3(headers.of(headers.taken()), made, options?.immutable());
    return [request, made.transmitted];
  }

  /** The request that a host received. */
  static received(Class: FieldsClass, received: HttpRequest): Request3 {
    const { headers, body, method, pathWithQuery, scheme, authority } = received;
    const request = new Request3(new Class(headers), new ReceivedContents(body, Class), undefined);
    request.#method = method;
    request.#pathWithQuery = pathWithQuery;
    request.#scheme = scheme;
    request.#authority = authority;
    return request;
  }

  getMethod(): Method {
    return methodOf(this.#method);
  }

  setMethod(method: Method): void {
    const text = methodText(method);
    if (text === undefined) throw unitError('a method is a token');
    this.#method = text;
  }

  getPathWithQuery(): string | undefined {
    return this.#pathWithQuery;
  }

  setPathWithQuery(pathWithQuery: string | undefined): void {
    if (pathWithQuery !== undefined && !isPathWithQuery(pathWithQuery))
      throw unitError('this is not the path and query of a request');
    this.#pathWithQuery = pathWithQuery === '' ? '/' : pathWithQuery;
  }

  getScheme(): Scheme | undefined {
    return this.#scheme === undefined ? undefined : schemeOf(this.#scheme);
  }

  setScheme(scheme: Scheme | undefined): void {
    const text = scheme && schemeText(scheme);
    if (scheme !== undefined && text === undefined) throw unitError('this is not a scheme');
    this.#scheme = text;
  }

  getAuthority(): string | undefined {
    return this.#authority;
  }

  setAuthority(authority: string | undefined): void {
    if (authority !== undefined && !isAuthority(authority)) throw unitError('this is not an authority');
    this.#authority = authority;
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
      method: this.#method,
      scheme: this.#scheme,
      authority: this.#authority,
      pathWithQuery: this.#pathWithQuery,
      headers: this.#headers.list,
      body: this.#contents.sent(this.#headers.list),
    };
    return { request, timeouts: this.#options?.timeouts ?? {} };
  }

  [Symbol.dispose](): void {
    if (!this.#isTaken) this.#contents.close();
  }
}
