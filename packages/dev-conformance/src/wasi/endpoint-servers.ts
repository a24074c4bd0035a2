import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { serverVariable, type EndpointResponse, type WasiServer } from './manifest-servers.ts';

/** The servers of one test, and the environment in which the guest finds them. */
export interface EndpointServers {
  readonly env: Readonly<Record<string, string>>;
  close(): void;
}

/** Starts the servers that a manifest describes, on ports of the loopback interface. */
export async function startServers(descriptions: readonly WasiServer[]): Promise<EndpointServers> {
  const env: Record<string, string> = {};
  const servers: Server[] = [];
  for (const description of descriptions) {
    const server = createServer((request, response) => void answer(description, request, response));
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const { address, port } = server.address() as AddressInfo;
    env[serverVariable(description)] = `${address}:${port}`;
    // The system does not give the port of a server that was closed to the next one that asks.
    if (description.isClosed) await new Promise((done) => server.close(done));
    else servers.push(server);
  }
  return {
    env,
    close() {
      for (const server of servers) {
        server.close();
        server.closeAllConnections();
      }
    },
  };
}

async function answer(
  { endpoints }: WasiServer,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  // A guest may break off its request.
  const body = await buffer(request).catch(() => undefined);
  if (body === undefined) return;
  const found = endpoints.find(({ method, path }) => method === request.method && path === request.url);
  // One connection for each request, so that no guest depends on the order of the requests of another test.
  response.setHeader('connection', 'close');
  if (found === undefined) response.writeHead(404).end();
  else if (found.answer === 'echo-body') response.end(body);
  else if (found.answer === 'echo-headers') {
    for (const [name, value] of echoedHeaders(request)) response.appendHeader(name, value);
    response.end();
  } else reply(response, found.answer);
}

function echoedHeaders(request: IncomingMessage): readonly (readonly [name: string, value: string])[] {
  return [
    ['x-request-method', request.method ?? ''],
    ['x-request-path', request.url ?? ''],
    ...pairs(request.rawHeaders).map(([name, value]) => [`x-echo-${name}`, value] as const),
    ...new Map(pairs(request.rawTrailers).map(([name, value]) => [`x-trailer-${name}`, value])),
  ];
}

/** Returns the names, in lower case, and values that Node lists in turns. */
function pairs(raw: readonly string[]): readonly (readonly [name: string, value: string])[] {
  return raw.flatMap((name, at) => (at % 2 === 0 ? [[name.toLowerCase(), raw[at + 1] ?? ''] as const] : []));
}

function reply(response: ServerResponse, { status, headers, body, trailers }: EndpointResponse): void {
  response.statusCode = status;
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  if (typeof body === 'string') {
    response.setHeader('content-length', Buffer.byteLength(body));
    response.end(body);
    return;
  }
  response.setHeader('transfer-encoding', 'chunked');
  if (Object.keys(trailers).length > 0) response.setHeader('trailer', Object.keys(trailers).join(', '));
  for (const chunk of body) response.write(chunk);
  response.addTrailers(trailers);
  response.end();
}
