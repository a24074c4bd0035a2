import { EmptyBody } from '../empty-body.ts';
import { failureStatus, failureText } from '../failure-status.ts';
import { FieldList } from '../field-list.ts';
import { HttpError } from '../http-error.ts';
import type { Caller, AnswerRequest, HttpRequest, HttpResponse } from '../message.ts';
import { joinChunks, responseStart } from '../response-start.ts';
import { bodyReadable } from './body-readable.ts';
import { ReadableSource } from './readable-source.ts';

/** Lets a handler answer a `Request`. Whatever fails becomes a response with a status and no text of the error. */
export async function answerFetch(
  handler: AnswerRequest,
  request: Request,
  bodyBytes: number,
): Promise<Response> {
  const received = receivedRequest(request, bodyBytes);
  const cut = new AbortController();
  try {
    const response = await handler(received, callerOf(request.signal, cut));
    return await responseOf(response, request.method, cut.signal);
  } catch (error) {
    received.body.source.close();
    const status = failureStatus(error);
    return new Response(failureText(status), { status, headers: { 'content-type': 'text/plain' } });
  }
}

function receivedRequest(request: Request, bodyBytes: number): HttpRequest {
  const { protocol, host, pathname, search } = new URL(request.url);
  const pairs = [...request.headers].flat();
  return {
    method: request.method,
    scheme: protocol.slice(0, -1),
    authority: host,
    pathWithQuery: pathname + search,
    headers: FieldList.received(pairs, Infinity) ?? new FieldList(0),
    body:
      request.body === null
        ? new EmptyBody()
        : {
            source: new ReadableSource(request.body, bodyBytes, 'HTTP-request-body-size'),
            // The platform has no trailers.
            trailers: () => Promise.resolve(undefined),
          },
  };
}

/** @param cut is aborted when a response that has begun will not become complete */
function callerOf(signal: AbortSignal, cut: AbortController): Caller {
  return {
    get isGone() {
      return signal.aborted;
    },
    whenGone(listener) {
      if (signal.aborted) listener();
      else signal.addEventListener('abort', listener, { once: true });
    },
    cut: () => cut.abort(new HttpError({ tag: 'HTTP-response-timeout' })),
  };
}

/** The statuses whose responses have no body (Fetch, section 2.2.6). */
const WITHOUT_BODY: ReadonlySet<number> = new Set([204, 205, 304]);

async function responseOf(response: HttpResponse, method: string, cut: AbortSignal): Promise<Response> {
  const { status, headers, body } = response;
  const start = responseStart(response, method);
  const init = { status, headers: [...headers] };
  if (method === 'HEAD' || WITHOUT_BODY.has(status)) {
    body.source.close();
    body.settle?.();
    return new Response(null, init);
  }
  if (!start.isWhole) return new Response(bodyReadable(body, start, cut), init);
  await Promise.race([body.trailers(), rejected(cut)]);
  body.settle?.();
  return new Response(joinChunks(start), init);
}

/** Rejects with the reason of a signal as soon as it is aborted. */
function rejected(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    else signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
