import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Preview3Shim, ShimFields, ShimRequest, ShimResponse, ShimResult } from '@wit-ts/dev-peers';
import { ComponentError } from '@wit-ts/runtime';

/** The export `wasi:http/handler`. */
export interface HttpHandler {
  handle(request: object): Promise<ShimResponse>;
}

/** Calls the handler for each request to the server, with the requests and responses of the shim. */
export function serveHandler(handler: HttpHandler, shim: Preview3Shim): Server {
  return createServer((incoming, outgoing) => {
    answer(handler, shim, incoming, outgoing).catch((error: unknown) => {
      if (outgoing.headersSent) return;
      outgoing.statusCode = 500;
      outgoing.end(error instanceof Error ? `${error.name}: ${error.message}` : String(error));
    });
  });
}

async function answer(
  handler: HttpHandler,
  shim: Preview3Shim,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const response = await handler.handle(requestOf(incoming, shim));
  outgoing.statusCode = response.getStatusCode();
  for (const [name, value] of entriesOf(response.getHeaders())) outgoing.appendHeader(name, value);
  const transmitted = Promise.withResolvers<ShimResult>();
  try {
    const [body, trailers] = shim.http.Response.consumeBody(response, transmitted.promise);
    for (let chunk = await body?.read(); chunk instanceof Uint8Array; chunk = await body?.read()) {
      if (!outgoing.write(chunk)) await new Promise((done) => outgoing.once('drain', done));
    }
    const fields = trailersOf(await trailers.read());
    if (fields !== undefined) outgoing.addTrailers(entriesOf(fields));
    await new Promise<void>((done) => outgoing.end(done));
    transmitted.resolve(SENT);
    response._resolve(SENT);
  } catch (error) {
    // The response has begun, so that only its end can say that it is not complete.
    outgoing.destroy();
    transmitted.resolve(NOT_SENT);
    response._resolve(NOT_SENT);
    if (!(error instanceof ComponentError)) throw error;
  }
}

const SENT: ShimResult = { tag: 'ok', val: undefined };
const NOT_SENT: ShimResult = { tag: 'err', val: { tag: 'HTTP-response-incomplete' } };

function requestOf(incoming: IncomingMessage, { http, stream, future }: Preview3Shim): ShimRequest {
  const fieldsOf = (values: NodeJS.Dict<string[]>): ShimFields =>
    http._fieldsFromEntriesChecked(
      Object.entries(values).flatMap(([name, list]) =>
        (list ?? []).map((value) => [name, new TextEncoder().encode(value)] as const),
      ),
    );
  const trailers = new Promise<ShimResult>((done) => {
    incoming.once('end', () => {
      const distinct = incoming.trailersDistinct;
      const hasAny = Object.keys(distinct).length > 0;
      done({ tag: 'ok', val: hasAny ? fieldsOf(distinct) : undefined });
    });
    incoming.once('error', () => done({ tag: 'err', val: { tag: 'HTTP-protocol-error' } }));
  });
  const [request] = http.Request.new(
    fieldsOf(incoming.headersDistinct),
    new stream.StreamReader(incoming),
    new future.FutureReader(trailers),
    null,
  );
  request.setScheme({ tag: 'HTTP' });
  request.setAuthority(incoming.headers.host);
  request.setMethod(incoming.method ?? 'GET');
  request.setPathWithQuery(incoming.url);
  return request;
}

function entriesOf(fields: ShimFields): [string, string][] {
  return fields.copyAll().map(([name, value]) => [name, new TextDecoder().decode(value)]);
}

/** Trailers of the guest are the fields themselves; those of the shim are a result, and `null` is none. */
function trailersOf(value: unknown): ShimFields | undefined {
  const fields =
    typeof value === 'object' && value !== null && 'tag' in value ? Reflect.get(value, 'val') : value;
  return (fields as ShimFields | null | undefined) ?? undefined;
}
