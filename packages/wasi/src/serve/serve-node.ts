import {
  createServer,
  type IncomingMessage,
  type Server as NodeServer,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Grants } from '../grants.ts';
import { answerRequest } from '../http/node/answer-request.ts';
import type { HandlerSource } from './handler-component.ts';
import { makeHandler } from './make-handler.ts';
import type { Server, ServeOptions } from './serve.ts';

/** Serves a component with `node:http`. */
export async function serveNode(
  source: HandlerSource,
  grants: Grants,
  options: ServeOptions,
): Promise<Server> {
  const { host = '127.0.0.1', port = 8080, onRequest } = options;
  let handler = await makeHandler(source, grants, options);
  // They depend on the grants and options alone.
  const { bodyBytes, headerBytes } = handler;
  const limits = { bodyBytes, headerBytes, code: 'HTTP-request-body-size' } as const;
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    if (onRequest !== undefined) logWhenClosed(request, response, onRequest);
    response.on('close', closeIdle);
    answerRequest(handler.handle, request, response, limits);
  };
  // Requests without a body need no stream for it: nobody reads it from Node.
  const server = createServer({ maxHeaderSize: headerBytes, optimizeEmptyRequests: true }, answer);
  /** A connection whose response began before `close` was told that it may have more requests. */
  const closeIdle = (): void => {
    if (!server.listening) server.closeIdleConnections();
  };
  try {
    await listening(server, host, port);
  } catch (error) {
    handler.close();
    throw error;
  }
  return {
    address: addressOf(server),
    async replace(next) {
      const made = await makeHandler(next, grants, options);
      const before = handler;
      handler = made;
      void before.idle().then(() => before.close());
    },
    async close(milliseconds = 10_000) {
      await closed(server, milliseconds);
      handler.close();
    },
  };
}

function listening(server: NodeServer, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port }, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function addressOf(server: NodeServer): string {
  const { address, family, port } = server.address() as AddressInfo;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}

/** Node closes connections that wait for a request by itself, and the others after their response. */
async function closed(server: NodeServer, milliseconds: number): Promise<void> {
  const timer = setTimeout(() => server.closeAllConnections(), milliseconds);
  await new Promise<void>((resolve) => server.close(() => resolve()));
  clearTimeout(timer);
}

function logWhenClosed(
  { method = '', url: path = '', socket }: IncomingMessage,
  response: ServerResponse,
  onRequest: NonNullable<ServeOptions['onRequest']>,
): void {
  const start = performance.now();
  const { remoteAddress = '' } = socket;
  response.on('close', () => {
    const milliseconds = performance.now() - start;
    const status = response.headersSent ? response.statusCode : 0;
    onRequest({ method, path, status, milliseconds, remoteAddress });
  });
}
