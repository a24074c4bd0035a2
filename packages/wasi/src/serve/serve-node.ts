import {
  createServer,
  type IncomingMessage,
  type Server as HttpServer,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo, ListenOptions } from 'node:net';
import type { Grants } from '../grants.ts';
import { answerRequest, announcesTooMuch } from '../http/node/answer-request.ts';
import type { HandlerSource } from './handler-component.ts';
import { LoggedRequest } from './logged-request.ts';
import { makeHandler } from './make-handler.ts';
import { RequestTurns } from './request-turns.ts';
import type { AccessEntry, Server, ServeOptions } from './serve.ts';

/** What a thread of a server needs beside the options of the server. */
interface NodeServeOptions extends ServeOptions {
  /** Whether other threads listen on the same port. */
  readonly reusePort?: boolean;
  /** Receives every request that begins, and returns what is used in place of `onRequest` for it. */
  readonly onBegin?: (request: IncomingMessage) => (entry: AccessEntry) => void;
}

/** A component that is ready to take the place of the one before. */
interface PreparedComponent {
  commit(): void;
  discard(): void;
}

export interface NodeServer extends Server {
  /** Does what `replace` does in two steps. */
  prepare(source: HandlerSource): Promise<PreparedComponent>;
}

/** Serves a component with `node:http`. */
export async function serveNode(
  source: HandlerSource,
  grants: Grants,
  options: NodeServeOptions,
): Promise<NodeServer> {
  const { host = '127.0.0.1', port = 8080, reusePort = false, onRequest } = options;
  const { onBegin = onRequest && (() => onRequest) } = options;
  let handler = await makeHandler(source, grants, options);
  // They depend on the grants and options alone.
  const { bodyBytes, headerBytes } = handler;
  const limits = { bodyBytes, headerBytes, code: 'HTTP-request-body-size' } as const;
  const isMetered = options.limits?.fuel !== undefined;
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    const logged = onBegin && new LoggedRequest(request, response, onBegin(request), isMetered);
    response.on('close', closeIdle);
    answerRequest(handler.handle, request, response, limits, isMetered ? logged?.spent : undefined);
  };
  const turns = new RequestTurns();
  // Requests without a body need no stream for it: nobody reads it from Node.
  const server = createServer({ maxHeaderSize: headerBytes, optimizeEmptyRequests: true });
  server.on('request', (request, response) => turns.take(request, response, () => answer(request, response)));
  // The client waits for a status before it sends the body, which may be refused.
  server.on('checkContinue', (request, response) =>
    turns.take(request, response, () => {
      if (announcesTooMuch(request, limits)) response.setHeader('connection', 'close');
      else response.writeContinue();
      answer(request, response);
    }),
  );
  /** A connection whose response began before `close` was told that it may have more requests. */
  const closeIdle = (): void => {
    if (!server.listening) server.closeIdleConnections();
  };
  try {
    await listening(server, { host, port, reusePort });
  } catch (error) {
    handler.close();
    throw error;
  }
  const prepare = async (next: HandlerSource): Promise<PreparedComponent> => {
    const made = await makeHandler(next, grants, options);
    return {
      commit() {
        const before = handler;
        handler = made;
        void before.idle().then(() => before.close());
      },
      discard: () => made.close(),
    };
  };
  return {
    address: addressOf(server),
    prepare,
    replace: async (next) => (await prepare(next)).commit(),
    async close(milliseconds = 10_000) {
      await closed(server, milliseconds);
      handler.close();
    },
  };
}

function listening(server: HttpServer, options: ListenOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(options, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function addressOf(server: HttpServer): string {
  const { address, family, port } = server.address() as AddressInfo;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}

/** Node closes connections that wait for a request by itself, and the others after their response. */
async function closed(server: HttpServer, milliseconds: number): Promise<void> {
  const timer = setTimeout(() => server.closeAllConnections(), milliseconds);
  await new Promise<void>((resolve) => server.close(() => resolve()));
  clearTimeout(timer);
}
