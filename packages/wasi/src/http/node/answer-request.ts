import type { IncomingMessage, ServerResponse } from 'node:http';
import { EmptyBody } from '../empty-body.ts';
import { failureStatus, failureText } from '../failure-status.ts';
import { FieldList } from '../field-list.ts';
import { byteText } from '../field-syntax.ts';
import { HttpError } from '../http-error.ts';
import type { Caller, AnswerRequest, HttpRequest, HttpResponse, MessageBody } from '../message.ts';
import { type BodyStart, checkResponseStart, joinChunks, startOf } from '../response-start.ts';
import { ReceivedBody, type BodyLimits } from './received-body.ts';
import { sendBody } from './send-body.ts';
import { untilTurnEnds } from './until-turn-ends.ts';

/**
 * The target of a request that names its whole URL, as clients do that take the server for a proxy. Its authority
 * counts then, and not the field `host` (RFC 9112, section 3.2.2).
 */
const ABSOLUTE_FORM = /^https?:\/\/([^/?#]+)(.*)$/iu;

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
    this.body = hasBody(message) ? new ReceivedBody(message, limits) : new EmptyBody();
  }

  get method(): string {
    return this.#message.method ?? 'GET';
  }

  get authority(): string | undefined {
    return this.#target?.[1] ?? this.#message.headers.host;
  }

  get pathWithQuery(): string | undefined {
    const target = this.#target;
    if (target === undefined) return this.#message.url;
    const [, , rest = ''] = target;
    return rest.startsWith('/') ? rest : `/${rest}`;
  }

  /** The authority and the rest of a request that names its whole URL. */
  get #target(): RegExpExecArray | undefined {
    const { url = '/' } = this.#message;
    return url.startsWith('/') ? undefined : (ABSOLUTE_FORM.exec(url) ?? undefined);
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
  readonly spent: ((operators: number) => void) | undefined;
  readonly #response: ServerResponse;
  readonly #exchange: Exchange;

  constructor(
    response: ServerResponse,
    exchange: Exchange,
    spent: ((operators: number) => void) | undefined,
  ) {
    this.#response = response;
    this.#exchange = exchange;
    this.spent = spent;
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
    this.#exchange.fail(new HttpError({ tag: 'HTTP-response-timeout' }));
  }
}

/**
 * Lets a handler answer a request, and sends its response. Whatever fails before the response has begun is answered
 * with a status and no text of the error; after that, the connection is cut.
 *
 * @param spent receives how much fuel the program used, when it has ended its work on the request
 */
export function answerRequest(
  handler: AnswerRequest,
  message: IncomingMessage,
  to: ServerResponse,
  limits: BodyLimits,
  spent?: (operators: number) => void,
): void {
  const exchange = new Exchange(new ReceivedRequest(message, limits), to);
  try {
    const { bodyBytes, code } = limits;
    if (announcesTooMuch(message, limits)) {
      spent?.(0);
      throw new HttpError({ tag: code, val: BigInt(bodyBytes) });
    }
    const answer = handler(exchange.request, new Connection(to, exchange, spent));
    if (answer instanceof Promise)
      answer.then(
        (response) => exchange.respond(response),
        (error: unknown) => exchange.fail(error),
      );
    else exchange.respond(answer);
  } catch (error) {
    exchange.fail(error);
  }
}

/** Returns true if the head of a request says that its body has more bytes than it may have. */
export function announcesTooMuch({ headers }: IncomingMessage, { bodyBytes }: BodyLimits): boolean {
  return Number(headers['content-length']) > bodyBytes;
}

/** A request and its response. Nothing in it makes a promise unless something has to be waited for. */
class Exchange {
  readonly request: ReceivedRequest;
  readonly #to: ServerResponse;
  #response: HttpResponse | undefined;
  #hasFailed = false;

  constructor(request: ReceivedRequest, to: ServerResponse) {
    this.request = request;
    this.#to = to;
  }

  /** Sends the response of a program. */
  respond(response: HttpResponse): void {
    this.#response = response;
    try {
      const start = startOf(response.body.source);
      const sending = start.isWhole
        ? this.#send(response, start)
        : untilTurnEnds(response.body.source, start).then((more) => this.#send(response, more));
      if (sending === undefined) this.#end();
      else
        sending.then(
          () => this.#end(),
          (error: unknown) => this.fail(error),
        );
    } catch (error) {
      this.fail(error);
    }
  }

  /** Only the first failure counts: what the program does after it reaches nobody. */
  fail(error: unknown): void {
    if (this.#hasFailed) return;
    this.#hasFailed = true;
    sendFailure(this.#to, error);
    this.#response?.body.settle?.(error);
    this.#end();
  }

  #send(response: HttpResponse, start: BodyStart): void | Promise<void> {
    checkResponseStart(response, start, this.request.method);
    if (this.#hasFailed || this.#to.destroyed) throw new HttpError({ tag: 'connection-terminated' });
    return send(response, start, this.#to);
  }

  #end(): void {
    this.#response?.body.source.close();
    this.request.body.source.close();
  }
}

/** Returns a promise of the end unless everything is sent already. */
function send(response: HttpResponse, start: BodyStart, to: ServerResponse): void | Promise<void> {
  const { status, headers, body } = response;
  if (!start.isWhole) {
    to.writeHead(status, headers.pairs());
    return sendBody(start, body, to).then(() => settled(body, to));
  }
  const trailers = body.trailers();
  return trailers instanceof Promise
    ? trailers.then((fields) => sendWhole(response, start, fields, to))
    : sendWhole(response, start, trailers, to);
}

function sendWhole(
  { status, headers, body }: HttpResponse,
  start: BodyStart,
  trailers: FieldList | undefined,
  to: ServerResponse,
): void | Promise<void> {
  const pairs = headers.pairs();
  if (trailers === undefined) {
    if (hasLength(status, to) && !headers.has('content-length'))
      pairs.push('content-length', String(start.bytes));
    to.writeHead(status, pairs);
    endWith(joinChunks(start), to);
  } else {
    to.writeHead(status, pairs);
    for (const chunk of start.chunks) to.write(chunk);
    to.addTrailers([...trailers]);
    to.end();
  }
  return settled(body, to);
}

/** Lets the program know when everything has left this process, if it wants to know. */
function settled(body: MessageBody, to: ServerResponse): void | Promise<void> {
  if (body.settle === undefined) return undefined;
  return flushed(to).then(() => body.settle?.());
}

/** The most bytes that are sent together with the headers. */
const MOST_TOGETHER = 16_384;

/** For so few bytes a call into Node takes longer than making the text here. */
const FEW = 16;

/** Node writes the headers and a text at once, and the headers and bytes one after the other, which takes longer. */
function endWith(body: Uint8Array<ArrayBuffer>, to: ServerResponse): void {
  const { length } = body;
  if (length > MOST_TOGETHER) to.end(body);
  else if (length > FEW)
    to.end(Buffer.from(body.buffer, body.byteOffset, length).toString('latin1'), 'latin1');
  else to.end(byteText(body), 'latin1');
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

function sendFailure(to: ServerResponse, error: unknown): void {
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
