import { ComponentError } from '@wit-ts/runtime';
import type { Fields } from '../../http/fields.ts';
import { HttpError, type HttpErrorCode } from '../../http/http-error.ts';
import type { HttpRequest } from '../../http/message.ts';
import type { OutgoingRequests } from '../../http/outgoing-requests.ts';
import { StreamFailure } from '../io/stream-error.ts';
import type { WasiIo } from '../io/wasi-io.ts';
import { HttpContext } from './context.ts';
import { FutureIncomingResponse } from './future-incoming-response.ts';
import { FutureTrailers } from './future-trailers.ts';
import { IncomingBody } from './incoming-body.ts';
import { IncomingRequest, IncomingResponse } from './incoming-messages.ts';
import { OutgoingBody } from './outgoing-body.ts';
import { OutgoingRequest, OutgoingResponse } from './outgoing-messages.ts';
import { RequestOptions2 } from './request-options.ts';
import { ResponseOutparam, type ResponseReceiver } from './response-outparam.ts';

/** The settings of `wasi:http` for one instance. */
interface WasiHttpOptions {
  /** The most bytes of the fields of one message. */
  readonly headerBytes: number;
  /** The most bytes of a body that the program writes before somebody reads them. */
  readonly mostWaiting?: number;
}

/** `wasi:http` 0.2 for one instance. */
export class WasiHttp2 {
  readonly #context: HttpContext;
  readonly #requests: OutgoingRequests;

  constructor(io: WasiIo, requests: OutgoingRequests, { headerBytes, mostWaiting }: WasiHttpOptions) {
    this.#context = new HttpContext(io, headerBytes, mostWaiting);
    this.#requests = requests;
  }

  /** The arguments of `handle` of `wasi:http/incoming-handler`. */
  incoming(
    request: HttpRequest,
    receiver: ResponseReceiver,
  ): readonly [request: IncomingRequest, responseOut: ResponseOutparam] {
    return [new IncomingRequest(this.#context, request), new ResponseOutparam(receiver)];
  }

  /** Ends all bodies that the program has not finished. */
  failBodies(tag: 'connection-terminated' | 'HTTP-response-incomplete'): void {
    for (const body of this.#context.bodies) body.fail(new HttpError({ tag }));
    this.#context.bodies.clear();
  }

  interfaces() {
    const context = this.#context;
    return {
      'wasi:http/types@0.2.12': {
        Fields: context.Fields,
        IncomingRequest,
        OutgoingRequest: withContext<OutgoingRequest>(
          class extends OutgoingRequest {
            constructor(headers: Fields) {
              super(context, headers);
            }
          },
        ),
        RequestOptions: RequestOptions2,
        ResponseOutparam,
        IncomingResponse,
        IncomingBody,
        FutureTrailers,
        OutgoingResponse: withContext<OutgoingResponse>(
          class extends OutgoingResponse {
            constructor(headers: Fields) {
              super(context, headers);
            }
          },
        ),
        OutgoingBody,
        FutureIncomingResponse,
        httpErrorCode,
      },
      'wasi:http/outgoing-handler@0.2.12': {
        handle: (request: OutgoingRequest, options: RequestOptions2 | undefined) =>
          this.#send(request, options),
      },
    } as const;
  }

  #send(request: OutgoingRequest, options: RequestOptions2 | undefined): FutureIncomingResponse {
    const sent = this.#requests.send(request.request(), options?.timeouts() ?? {});
    if (sent instanceof HttpError) throw new ComponentError<HttpErrorCode>(sent.errorCode, sent.message);
    return new FutureIncomingResponse(this.#context, sent);
  }
}

/** A message of one instance, which its program makes of fields. */
interface OutgoingMessageClass<Message> {
  readonly prototype: Message;
  new (headers: Fields): Message;
}

/** Gives a class without a name a type that can be declared: one without its private members. */
function withContext<Message>(given: OutgoingMessageClass<Message>): OutgoingMessageClass<Message> {
  return given;
}

/** `http-error-code`: the code in an error of a stream, if it is the stream of a body. */
function httpErrorCode(error: StreamFailure): HttpErrorCode | undefined {
  return error.cause instanceof HttpError ? error.cause.errorCode : undefined;
}
