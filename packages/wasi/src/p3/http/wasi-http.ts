import { ComponentError } from '@wit-ts/runtime';
import { fieldsClass, type FieldsClass } from '../../http/fields.ts';
import { errorCodeOf, HttpError, type HttpErrorCode } from '../../http/http-error.ts';
import type { HttpRequest } from '../../http/message.ts';
import type { OutgoingRequests } from '../../http/outgoing-requests.ts';
import { Request3 } from './request.ts';
import { RequestOptions3 } from './request-options.ts';
import { Response3 } from './response.ts';

/** `wasi:http` 0.3 for one instance. */
export class WasiHttp3 {
  readonly #Fields: FieldsClass;
  readonly #requests: OutgoingRequests;

  /** @param headerBytes the most bytes of the fields of one message */
  constructor(requests: OutgoingRequests, headerBytes: number) {
    this.#Fields = fieldsClass({ mostBytes: headerBytes, reportsSize: true });
    this.#requests = requests;
  }

  /** The argument of `handle` of `wasi:http/handler`. */
  incoming(request: HttpRequest): Request3 {
    return Request3.received(this.#Fields, request);
  }

  interfaces() {
    return {
      'wasi:http/types@0.3.0': {
        Fields: this.#Fields,
        Request: Request3,
        RequestOptions: RequestOptions3,
        Response: Response3,
      },
      'wasi:http/client@0.3.0': { send: (request: Request3) => this.#send(request) },
    } as const;
  }

  async #send(given: Request3): Promise<Response3> {
    const { request, timeouts } = given.taken();
    try {
      const sent = this.#requests.send(request, timeouts);
      if (sent instanceof HttpError) throw sent;
      return Response3.received(this.#Fields, await sent);
    } catch (error) {
      request.body.settle?.(error);
      throw new ComponentError<HttpErrorCode>(errorCodeOf(error));
    }
  }
}
