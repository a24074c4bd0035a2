import { ComponentError } from '@wit-ts/runtime';
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

  /** The first argument of `handle` of `wasi:http/incoming-handler`. */
  incomingRequest(request: HttpRequest): IncomingRequest {
    return new IncomingRequest(this.#context, request);
  }

  /** The second argument of `handle`. */
  responseOutparam(receiver: ResponseReceiver): ResponseOutparam {
    return new ResponseOutparam(receiver);
  }

  /** Ends all bodies that the program has not finished. */
  failBodies(tag: 'connection-terminated' | 'HTTP-response-incomplete'): void {
    const { bodies } = this.#context;
    if (bodies.size === 0) return;
    for (const body of bodies) body.fail(new HttpError({ tag }));
    bodies.clear();
  }

  interfaces() {
    const context = this.#context;
    return {
      'wasi:http/types@0.2.12': {
        Fields: context.fieldsClass(),
        IncomingRequest,
        OutgoingRequest: classOfInstance<OutgoingRequest>(
          OutgoingRequest.bind(null, context),
          OutgoingRequest,
        ),
        RequestOptions: RequestOptions2,
        ResponseOutparam,
        IncomingResponse,
        IncomingBody,
        FutureTrailers,
        OutgoingResponse: classOfInstance<OutgoingResponse>(
          OutgoingResponse.bind(null, context),
          OutgoingResponse,
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
  new (headers: object): Message;
}

/**
 * Makes the class of one instance of a constructor with its context bound: a class for each instance would cost more
 * than most requests do.
 */
function classOfInstance<Message>(
  bound: new (headers: object) => Message,
  { prototype }: { readonly prototype: Message },
): OutgoingMessageClass<Message> {
  // It would inherit that of a base class.
  return Object.defineProperty(bound, 'prototype', { value: prototype });
}

/** `http-error-code`: the code in an error of a stream, if it is the stream of a body. */
function httpErrorCode(error: StreamFailure): HttpErrorCode | undefined {
  return error.cause instanceof HttpError ? error.cause.errorCode : undefined;
}
