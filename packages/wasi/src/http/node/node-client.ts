import type { ClientRequest, IncomingMessage } from 'node:http';
import * as http from 'node:http';
import * as https from 'node:https';
import { FieldList } from '../field-list.ts';
import { HttpError } from '../http-error.ts';
import type { GrantedRequest, HttpClient, HttpResponse, SendOptions } from '../message.ts';
import { type BodyStart, startOf } from '../response-start.ts';
import { checkedLookup, isAddress } from './checked-lookup.ts';
import { connectionError } from './connection-errors.ts';
import { ReceivedBody } from './received-body.ts';
import { sendBody } from './send-body.ts';
import { limitTimes } from './time-limits.ts';

/**
 * Makes a client over `node:http` and `node:https`. It keeps connections open for further requests, so it must not be
 * shared by instances with different grants: the address of a connection is checked when it is made.
 */
export function nodeClient(headerBytes: number): HttpClient {
  const agents = {
    http: new http.Agent({ keepAlive: true }),
    https: new https.Agent({ keepAlive: true }),
  };
  return {
    async send(request, options) {
      if (request.method === 'CONNECT') throw new HttpError({ tag: 'HTTP-request-method-invalid' });
      const { hostname, port } = new URL(`${request.scheme}://${request.authority}`);
      const host = hostname.replaceAll(/[[\]]/gu, '');
      if (isAddress(host) && !options.mayUse(host)) throw new HttpError({ tag: 'HTTP-request-denied' });
      const start = startOf(request.body.source);
      const { request: open } = request.scheme === 'https' ? https : http;
      const sent = open({
        agent: agents[request.scheme],
        host,
        port: port === '' ? null : port,
        method: request.method,
        path: request.pathWithQuery,
        lookup: checkedLookup(options.mayUse),
        maxHeaderSize: headerBytes,
      });
      setHeaders(sent, request, start);
      return exchange(sent, request, start, options, headerBytes);
    },
  };
}

function setHeaders(
  sent: ClientRequest,
  { headers, authority }: GrantedRequest,
  { isWhole }: BodyStart,
): void {
  for (const [name, value] of headers) sent.appendHeader(name, value);
  sent.setHeader('host', authority);
  // Node frames the body of a method such as GET only if it is told to.
  if (!isWhole && !headers.has('content-length')) sent.setHeader('transfer-encoding', 'chunked');
}

/** Sends the body and waits for the response, whichever comes first: a server may answer before it has read all. */
function exchange(
  sent: ClientRequest,
  { body }: GrantedRequest,
  start: BodyStart,
  { timeouts }: SendOptions,
  headerBytes: number,
): Promise<HttpResponse> {
  return new Promise((resolve, reject) => {
    sent.on('error', (error) => {
      const failure = connectionError(error);
      body.source.close();
      body.settle?.(failure);
      reject(failure);
    });
    sent.on('response', (message) => resolve(received(message, headerBytes)));
    sent.on('finish', () => body.settle?.());
    limitTimes(sent, timeouts);
    sendBody(start, body, sent).catch((error: unknown) => sent.destroy(connectionError(error)));
  });
}

function received(message: IncomingMessage, headerBytes: number): HttpResponse {
  const headers = FieldList.received(message.rawHeaders, headerBytes);
  if (headers === undefined) {
    message.destroy();
    throw new HttpError({ tag: 'HTTP-response-header-section-size', val: headerBytes });
  }
  const limits = { bodyBytes: Infinity, headerBytes, code: 'HTTP-response-body-size' } as const;
  return { status: message.statusCode ?? 0, headers, body: new ReceivedBody(message, limits) };
}
