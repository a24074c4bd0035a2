import type { System } from '../system/system.ts';
import { HttpError } from './http-error.ts';
import type { HttpClient, HttpRequest, HttpResponse, RequestTimeouts } from './message.ts';

/** The requests that the program of one instance sends: checked against its grants, then sent by the platform. */
export class OutgoingRequests {
  readonly #system: Pick<System, 'network' | 'refuse'>;
  readonly #client: HttpClient;
  readonly #call: { readonly interface: string; readonly function: string };

  /** @param call the function of WIT that sends, for reports */
  constructor(
    system: Pick<System, 'network' | 'refuse'>,
    client: HttpClient,
    call: { readonly interface: string; readonly function: string },
  ) {
    this.#system = system;
    this.#client = client;
    this.#call = call;
  }

  /** Returns the response, or at once why the request is not sent. */
  send(request: HttpRequest, timeouts: RequestTimeouts): Promise<HttpResponse> | HttpError {
    const target = targetOf(request);
    if (target instanceof HttpError) return target;
    const { network } = this.#system;
    if (!network.mayRequest(target.origin)) {
      this.#refuse(target.origin, 'no origin grants it');
      request.body.source.close();
      return new HttpError({ tag: 'HTTP-request-denied' });
    }
    return this.#client.send(
      { ...request, ...target, pathWithQuery: target.path },
      {
        timeouts,
        mayUse: (address) => {
          const may = network.mayRequestAt(target.origin, address);
          if (!may) this.#refuse(target.origin, `its name has the address ${address}, which no grant covers`);
          return may;
        },
      },
    );
  }

  #refuse(origin: string, reason: string): void {
    this.#system.refuse({ ...this.#call, asked: origin, reason, flags: [`--http ${origin}`] });
  }
}

/** Where a request goes. */
interface Target {
  readonly scheme: 'http' | 'https';
  readonly authority: string;
  readonly path: string;
  readonly origin: string;
}

function targetOf({ scheme = 'https', authority, pathWithQuery = '' }: HttpRequest): Target | HttpError {
  if (scheme !== 'http' && scheme !== 'https') return new HttpError({ tag: 'HTTP-protocol-error' });
  if (authority === undefined || authority === '') return new HttpError({ tag: 'HTTP-request-URI-invalid' });
  // HTTP forbids a user name (RFC 9110, section 4.2.4).
  if (authority.includes('@')) return new HttpError({ tag: 'HTTP-request-URI-invalid' });
  const encoded = pathWithQuery.replaceAll(/[^!-~]+/gu, encodeURIComponent);
  const path = encoded.startsWith('/') || encoded === '*' ? encoded : `/${encoded}`;
  return { scheme, authority, path, origin: `${scheme}://${authority}` };
}
