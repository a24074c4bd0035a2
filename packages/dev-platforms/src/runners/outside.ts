import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Answers a request that a component sends: GET with a text, POST with the body of the request, while it arrives. */
export function answerOutside(request: IncomingMessage, response: ServerResponse): void {
  response.setHeader('content-type', 'text/plain');
  if (request.method === 'POST') request.pipe(response);
  else response.end('outside');
}

/** Runs something while a server for outgoing requests listens, whose origin it is given. */
export async function withOutside<T>(run: (origin: string) => Promise<T>): Promise<T> {
  const server = createServer(answerOutside);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  try {
    return await run(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.close();
    server.closeAllConnections();
  }
}
