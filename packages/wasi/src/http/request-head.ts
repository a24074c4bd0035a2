import type { HttpRequest } from './message.ts';
import {
  isAuthority,
  isPathWithQuery,
  type Method,
  methodOf,
  methodText,
  type Scheme,
  schemeOf,
  schemeText,
} from './request-target.ts';
import { unitError } from './unit-error.ts';

/** What a request has before its fields: method, scheme, authority and path. 0.2 and 0.3 have the same rules. */
export class RequestHead {
  #method = 'GET';
  #scheme: string | undefined;
  #authority: string | undefined;
  #pathWithQuery: string | undefined;

  /** The head of a request that the host received. */
  static of({ method, scheme, authority, pathWithQuery }: RequestParts): RequestHead {
    const head = new RequestHead();
    head.#method = method;
    head.#scheme = scheme;
    head.#authority = authority;
    head.#pathWithQuery = pathWithQuery;
    return head;
  }

  get method(): Method {
    return methodOf(this.#method);
  }

  /** @throws ComponentError without a payload, as do the other setters, when the syntax is wrong */
  set method(method: Method) {
    const text = methodText(method);
    if (text === undefined) throw unitError('a method is a token');
    this.#method = text;
  }

  get pathWithQuery(): string | undefined {
    return this.#pathWithQuery;
  }

  set pathWithQuery(pathWithQuery: string | undefined) {
    if (pathWithQuery !== undefined && !isPathWithQuery(pathWithQuery))
      throw unitError('this is not the path and query of a request');
    this.#pathWithQuery = pathWithQuery === '' ? '/' : pathWithQuery;
  }

  get scheme(): Scheme | undefined {
    return this.#scheme === undefined ? undefined : schemeOf(this.#scheme);
  }

  set scheme(scheme: Scheme | undefined) {
    const text = scheme && schemeText(scheme);
    if (scheme !== undefined && text === undefined) throw unitError('this is not a scheme');
    this.#scheme = text;
  }

  get authority(): string | undefined {
    return this.#authority;
  }

  set authority(authority: string | undefined) {
    if (authority !== undefined && !isAuthority(authority)) throw unitError('this is not an authority');
    this.#authority = authority;
  }

  /** The parts as they are sent. */
  parts(): RequestParts {
    return {
      method: this.#method,
      scheme: this.#scheme,
      authority: this.#authority,
      pathWithQuery: this.#pathWithQuery,
    };
  }
}

type RequestParts = Pick<HttpRequest, 'method' | 'scheme' | 'authority' | 'pathWithQuery'>;

/** @throws ComponentError without a payload when it is not a status code */
export function checkedStatus(status: number): number {
  if (status < 100 || status > 599) throw unitError(`${status} is not a status code`);
  return status;
}
