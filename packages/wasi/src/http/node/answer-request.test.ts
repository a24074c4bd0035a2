import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { EmptyBody } from '../empty-body.ts';
import { FieldList } from '../field-list.ts';
import type { AnswerRequest } from '../message.ts';
import { answerRequest } from './answer-request.ts';

const LIMITS = { bodyBytes: 1000, headerBytes: 1000, code: 'HTTP-request-body-size' } as const;

/** Serves a handler, and asks it once. */
async function ask(handler: AnswerRequest): Promise<Response> {
  const server = createServer((message, response) => answerRequest(handler, message, response, LIMITS));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  try {
    return await fetch(`http://127.0.0.1:${port}/`);
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

describe('a response without contents whose trailers never come', () => {
  it('is answered with 504 when its time is over', async () => {
    const body = Object.assign(new EmptyBody(), { trailers: () => new Promise<undefined>(() => {}) });
    const response = await ask((_, caller) => {
      setTimeout(() => caller.cut?.(), 20);
      return { status: 200, headers: new FieldList(1000), body };
    });
    expect(response.status).toBe(504);
    expect(await response.text()).toBe('Gateway Timeout\n');
  });
});
