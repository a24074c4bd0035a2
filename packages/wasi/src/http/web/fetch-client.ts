import { EmptyBody } from '../empty-body.ts';
import { FieldList } from '../field-list.ts';
import { HttpError } from '../http-error.ts';
import type { GrantedRequest, HttpClient, HttpResponse, RequestTimeouts } from '../message.ts';
import { joinChunks, startOf, type BodyStart } from '../response-start.ts';
import { bodyReadable } from './body-readable.ts';
import { ReadableSource } from './readable-source.ts';

/** The most bytes of a request that are collected where a request cannot have a stream as its body. */
const MOST_COLLECTED = 67_108_864;

/**
 * A client over `fetch`. The platform looks up names by itself, so that addresses are not checked; it has no trailers,
 * and its pages see neither the target of a redirect nor fields that CORS does not expose. In browsers, a body that is
 * not there at once is streamed to `https` only, and the server must speak HTTP/2; otherwise it is collected first.
 */
export const fetchClient: HttpClient = {
  async send(request, { timeouts }) {
    const { scheme, authority, pathWithQuery, method, headers } = request;
    const abort = new AbortController();
    const timer = firstByteTimer(timeouts, abort);
    try {
      const response = await fetch(`${scheme}://${authority}${pathWithQuery}`, {
        method,
        headers: [...headers],
        ...(await bodyOf(request)),
        redirect: 'manual',
        credentials: 'omit',
        cache: 'no-store',
        referrerPolicy: 'no-referrer',
        signal: abort.signal,
      });
      request.body.settle?.();
      return receivedResponse(response);
    } catch (error) {
      request.body.source.close();
      const failure = failureOf(error, abort.signal);
      request.body.settle?.(failure);
      throw failure;
    } finally {
      clearTimeout(timer);
    }
  },
};

/** There is no own time for the connection: both count until the response begins. */
function firstByteTimer(
  { connect, firstByte }: RequestTimeouts,
  abort: AbortController,
): ReturnType<typeof setTimeout> | undefined {
  const nanoseconds = firstByte ?? connect;
  if (nanoseconds === undefined) return undefined;
  const milliseconds = Math.min(Number(nanoseconds) / 1e6, 2 ** 31 - 1);
  return setTimeout(() => abort.abort(new HttpError({ tag: 'connection-read-timeout' })), milliseconds);
}

async function bodyOf(request: GrantedRequest): Promise<RequestInit> {
  const { body, method, scheme } = request;
  if (method === 'GET' || method === 'HEAD') {
    body.source.close();
    return {};
  }
  const start = startOf(body.source);
  if (!start.isWhole && canSendStreams(scheme)) {
    // `duplex` is not in the declarations of every platform.
    const init = { body: bodyReadable(body, start), duplex: 'half' };
    return init;
  }
  const whole = start.isWhole ? start : await collected(request, start);
  return whole.bytes === 0 ? {} : { body: joinChunks(whole) };
}

async function collected({ body }: GrantedRequest, start: BodyStart): Promise<BodyStart> {
  const chunks = [...start.chunks];
  let { bytes } = start;
  for (;;) {
    const chunk = body.source.read(MOST_COLLECTED);
    if (chunk === undefined) return { chunks, bytes, isWhole: true };
    if (chunk.length === 0) await body.source.ready();
    bytes += chunk.length;
    if (bytes > MOST_COLLECTED)
      throw new HttpError({ tag: 'HTTP-request-body-size', val: BigInt(MOST_COLLECTED) });
    chunks.push(chunk);
  }
}

/**
 * Browsers send streams over HTTP/2 only, which they speak over TLS only. A platform without streams in requests
 * converts them to text, and sets the type of its content.
 */
function canSendStreams(scheme: GrantedRequest['scheme']): boolean {
  if (scheme === 'http' && isBrowser()) return false;
  let isAsked = false;
  const init = {
    method: 'POST',
    body: new ReadableStream(),
    get duplex() {
      isAsked = true;
      return 'half';
    },
  };
  return !new Request('https://example.org', init).headers.has('content-type') && isAsked;
}

/** Whether this is a page or a worker of a browser; workers at the edge have no location. */
function isBrowser(): boolean {
  return (globalThis as { location?: unknown }).location !== undefined;
}

function receivedResponse(response: Response): HttpResponse {
  if (response.type === 'opaqueredirect')
    throw new HttpError({ tag: 'internal-error', val: 'the platform does not show redirects' });
  const headers = FieldList.received([...response.headers].flat(), Infinity) ?? new FieldList(0);
  const body =
    response.body === null
      ? new EmptyBody()
      : {
          source: new ReadableSource(response.body, Infinity, 'HTTP-response-body-size'),
          trailers: () => Promise.resolve(undefined),
        };
  return { status: response.status, headers, body };
}

/** `fetch` does not say why it failed. */
function failureOf(error: unknown, signal: AbortSignal): HttpError {
  if (error instanceof HttpError) return error;
  if (signal.reason instanceof HttpError) return signal.reason;
  return new HttpError({ tag: 'destination-unavailable' }, { cause: error });
}
