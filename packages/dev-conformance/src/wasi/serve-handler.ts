import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Preview3Shim, ShimResponse } from '@wit-ts/dev-peers';

/** The export `wasi:http/handler`. */
export interface HttpHandler {
  handle(request: object): Promise<ShimResponse>;
}

/** Calls the handler for each request to the server, with the requests and responses of the shim. */
export function serveHandler(handler: HttpHandler, shim: Preview3Shim): Server {
  return createServer((incoming, outgoing) => {
    answer(handler, shim, incoming, outgoing).catch((error: unknown) => {
      outgoing.statusCode = 500;
      outgoing.end(error instanceof Error ? `${error.name}: ${error.message}` : String(error));
    });
  });
}

async function answer(
  handler: HttpHandler,
  { http, stream, future }: Preview3Shim,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const names = Object.entries(incoming.headersDistinct);
  const entries = names.flatMap(([name, values]) =>
    (values ?? []).map((value) => [name, new TextEncoder().encode(value)] as const),
  );
  const [request] = http.Request.new(
    http._fieldsFromEntriesChecked(entries),
    new stream.StreamReader(incoming),
    new future.FutureReader(Promise.resolve({ tag: 'ok', val: undefined })),
    null,
  );
  request.setScheme({ tag: 'HTTP' });
  request.setAuthority(incoming.headers.host);
  request.setMethod(incoming.method ?? 'GET');
  request.setPathWithQuery(incoming.url);
  const response = await handler.handle(request);
  outgoing.statusCode = response.getStatusCode();
  for (const [name, value] of response.getHeaders().copyAll())
    outgoing.appendHeader(name, new TextDecoder().decode(value));
  const transmitted = Promise.withResolvers<{ readonly tag: 'ok'; readonly val: undefined }>();
  const [body, trailers] = http.Response.consumeBody(response, transmitted.promise);
  for (let chunk = await body?.read(); chunk instanceof Uint8Array; chunk = await body?.read()) {
    if (!outgoing.write(chunk)) await new Promise((done) => outgoing.once('drain', done));
  }
  await trailers.read();
  outgoing.end();
  transmitted.resolve({ tag: 'ok', val: undefined });
}
