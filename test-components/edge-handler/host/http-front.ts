import { isUtf8 } from 'node:buffer';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Component } from '@wit-ts/runtime';
import { instantiate, type EdgeHandlerExports, type EdgeHandlerImports } from './generated/edge-handler.ts';

/** The most bytes of a request's body. */
const MAX_BODY = 65_536;

/**
 * Returns an HTTP server that answers each POST with what a guest makes of its body. The guest knows nothing of HTTP.
 * An instance that has trapped is replaced; its request is answered with 500, without the text of the trap.
 */
export function httpFront(component: Component, imports: EdgeHandlerImports): Server {
  let handler: Promise<EdgeHandlerExports> | undefined;
  return createServer((request, response) => {
    answer(request, response).catch(() => {
      handler = undefined;
      if (!response.headersSent) end(response, 500, 'the handler failed');
    });
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method !== 'POST') {
      response.setHeader('allow', 'POST');
      end(response, 405, 'POST a text');
      return;
    }
    const body = await bodyOf(request);
    if (body === undefined) end(response, 413, `more than ${MAX_BODY} bytes`);
    else if (!isUtf8(body)) end(response, 400, 'not UTF-8');
    else {
      handler ??= instantiate(component, imports);
      const { handleRequest } = await handler;
      end(response, 200, handleRequest(body.toString('utf8')));
    }
  }
}

/** Returns the body, or undefined as soon as it is too long. */
async function bodyOf(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > MAX_BODY) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function end(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' });
  response.end(`${text}\n`);
}
