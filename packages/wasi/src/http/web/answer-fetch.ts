import { emptyBody } from '../empty-body.ts';
import { failureStatus, failureText } from '../failure-status.ts';
import { FieldList } from '../field-list.ts';
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
  try {
    return await responseOf(await handler(received, callerOf(request.signal)), request.method);
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
        ? emptyBody()
        : {
            source: new ReadableSource(request.body, bodyBytes, 'HTTP-request-body-size'),
            // The platform has no trailers.
            trailers: () => Promise.resolve(undefined),
          },
  };
}

function callerOf(signal: AbortSignal): Caller {
  return {
    get isGone() {
      return signal.aborted;
    },
    whenGone(listener) {
      if (signal.aborted) listener();
      else signal.addEventListener('abort', listener, { once: true });
    },
  };
}

/** The statuses whose responses have no body (Fetch, section 2.2.6). */
const WITHOUT_BODY: ReadonlySet<number> = new Set([204, 205, 304]);

async function responseOf(response: HttpResponse, method: string): Promise<Response> {
  const { status, headers, body } = response;
  const start = responseStart(response, method);
  const init = { status, headers: [...headers] };
  if (method === 'HEAD' || WITHOUT_BODY.has(status)) {
    body.source.close();
    body.settle?.();
    return new Response(null, init);
  }
  if (!start.isWhole) return new Response(bodyReadable(body, start), init);
  await body.trailers();
  body.settle?.();
  return new Response(joinChunks(start), init);
}
