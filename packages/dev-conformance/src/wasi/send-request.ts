import { request, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import type { RequestStep } from './manifest-steps.ts';
import { mismatch } from './mismatch.ts';

/** Sends the request of a test to a service. Returns how the response differs from the expected one, or undefined. */
export async function sendRequest(
  { method, path, headers, body, response: expected }: RequestStep,
  origin: string,
  timeout: number,
): Promise<string | undefined> {
  const response = await new Promise<IncomingMessage>((done, fail) => {
    // `fetch` refuses bodies of GET and some headers. Each request has its own connection.
    const url = `${origin}${path.startsWith('/') ? '' : '/'}${path}`;
    const signal = AbortSignal.timeout(timeout);
    const asking = request(url, { method, headers, agent: false, signal }, done);
    asking.on('error', fail);
    if (body !== '') asking.setHeader('content-length', Buffer.byteLength(body));
    asking.end(body);
  });
  const received = await text(response);
  if (response.statusCode !== expected.status)
    return `expected the status ${expected.status}, got ${response.statusCode}: ${received}`;
  for (const [name, value] of Object.entries(expected.headers)) {
    const actual = response.headersDistinct[name.toLowerCase()]?.join(', ');
    if (actual === undefined) return `the response has no header ${name}`;
    const reason = mismatch(`the header ${name}`, actual, value);
    if (reason !== undefined) return reason;
  }
  return mismatch('the body', received, expected.body);
}
