import type { IncomingMessage, ServerResponse } from 'node:http';
import { emptyBody } from '../empty-body.ts';
import { failureStatus, failureText } from '../failure-status.ts';
import { FieldList } from '../field-list.ts';
import { HttpError } from '../http-error.ts';
import type { Caller, AnswerRequest, HttpRequest, HttpResponse, MessageBody } from '../message.ts';
import { type BodyStart, joinChunks, responseStart } from '../response-start.ts';
import { ReceivedBody, type BodyLimits } from './received-body.ts';
import { sendBody } from './send-body.ts';

/** A request that `node:http` received. Its parts are made when somebody asks for them. */
class ReceivedRequest implements HttpRequest {
  readonly #message: IncomingMessage;
  readonly #headerBytes: number;
  readonly body: MessageBody;
  readonly scheme: string;
  #headers: FieldList | undefined;

  constructor(message: IncomingMessage, limits: BodyLimits) {
    this.#message = message;
    this.#headerBytes = limits.headerBytes;
    this.scheme = 'encrypted' in message.socket ? 'https' : 'http';
    this.body = hasBody(message) ? new ReceivedBody(message, limits) : emptyBody();
  }

  get method(): string {
    return this.#message.method ?? 'GET';
  }

  get authority(): string | undefined {
    return this.#message.headers.host;
  }

  get pathWithQuery(): string | undefined {
    return this.#message.url;
  }

  get headers(): FieldList {
    // `node:http` has refused headers that are larger than its own limit, which does not count as ours does.
    return (this.#headers ??=
      FieldList.received(this.#message.rawHeaders, Infinity) ?? new FieldList(this.#headerBytes));
  }
}

/** In HTTP/1.1 only these fields announce a body (RFC 9112, section 6.3). */
function hasBody({ headers }: IncomingMessage): boolean {
  return headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined;
}

/** Whoever sent the request to the server. */
class Connection implements Caller {
  readonly #response: ServerResponse;

  constructor(response: ServerResponse) {
    this.#response = response;
  }

  get isGone(): boolean {
    return this.#response.destroyed;
  }

  whenGone(listener: () => void): void {
    const response = this.#response;
    response.on('close', () => {
      if (!response.writableFinished) listener();
    });
  }

  cut(): void {
    if (this.#response.headersSent) this.#response.destroy();
  }
}

/**
 * Lets a handler answer a request, and sends its response. Whatever fails before the response has begun is answered
 * with a status and no text of the error; after that, the connection is cut.
 */
export async function answerRequest(
  handler: AnswerRequest,
  message: IncomingMessage,
  to: ServerResponse,
  limits: BodyLimits,
): Promise<void> {
  const request = new ReceivedRequest(message, limits);
  let response: HttpResponse | undefined;
  try {
    const { bodyBytes, code } = limits;
    if (Number(message.headers['content-length']) > bodyBytes)
      throw new HttpError({ tag: code, val: BigInt(bodyBytes) });
    response = await handler(request, new Connection(to));
    const start = responseStart(response, message.method);
    if (to.destroyed) throw new HttpError({ tag: 'connection-terminated' });
    await send(response, start, to);
  } catch (error) {
    fail(to, error);
    response?.body.settle?.(error);
  } finally {
    response?.body.source.close();
    request.body.source.close();
  }
}

async function send(
  { headers, status, body }: HttpResponse,
  start: BodyStart,
  to: ServerResponse,
): Promise<void> {
  const pairs = headers.pairs();
  const trailers = start.isWhole ? await body.trailers() : undefined;
  if (start.isWhole && trailers === undefined) {
    if (hasLength(status, to) && !headers.has('content-length'))
      pairs.push('content-length', String(start.bytes));
    to.writeHead(status, pairs);
    endWith(joinChunks(start), to);
  } else {
    to.writeHead(status, pairs);
    await sendBody(start, body, to);
  }
  if (body.settle === undefined) return;
  await flushed(to);
  body.settle();
}

/** The most bytes that are sent together with the headers. */
const MOST_TOGETHER = 16_384;

/** Node writes the headers and a text at once, and the headers and bytes one after the other, which takes longer. */
function endWith(body: Uint8Array<ArrayBuffer>, to: ServerResponse): void {
  if (body.length > MOST_TOGETHER) to.end(body);
  else to.end(Buffer.from(body.buffer, body.byteOffset, body.length).toString('latin1'), 'latin1');
}

/** Whether the length of the body is that of what is sent: a response to HEAD has the length of another one. */
function hasLength(status: number, { req }: ServerResponse): boolean {
  return req.method !== 'HEAD' && status !== 204 && status !== 304;
}

/** Resolves when everything has left this process. Rejects when the client went before. */
async function flushed(to: ServerResponse): Promise<void> {
  if (to.writableFinished) return;
  await new Promise<void>((resolve, reject) => {
    to.on('close', () => {
      if (to.writableFinished) resolve();
      else reject(new HttpError({ tag: 'connection-terminated' }));
    });
  });
}

function fail(to: ServerResponse, error: unknown): void {
  if (to.headersSent) {
    // Only the end of the connection can say that the response is not complete.
    to.destroy();
    return;
  }
  const status = failureStatus(error);
  const text = failureText(status);
  to.writeHead(status, {
    'content-type': 'text/plain',
    'content-length': text.length,
    ...(status === 503 ? { 'retry-after': '1' } : {}),
  });
  to.end(text);
}
