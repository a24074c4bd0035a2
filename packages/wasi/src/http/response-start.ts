import type { ByteSource } from '../system/byte-streams.ts';
import { contentLength } from './content-length.ts';
import { HttpError } from './http-error.ts';
import type { HttpResponse } from './message.ts';

/** How many bytes are read at a time. */
const CHUNK = 65_536;

/** How many chunks are collected before a message begins, to send small bodies in one piece. */
const MOST_COLLECTED = 16;

/** The beginning of a body: everything that is there already. */
export interface BodyStart {
  readonly chunks: readonly Uint8Array<ArrayBuffer>[];
  readonly bytes: number;
  /** Whether nothing follows. */
  readonly isWhole: boolean;
}

/**
 * Reads what is there without waiting.
 *
 * @param before what was read already
 * @throws HttpError when the body has failed
 */
export function startOf(source: ByteSource, before?: BodyStart): BodyStart {
  const chunks = before === undefined ? [] : [...before.chunks];
  let bytes = before?.bytes ?? 0;
  while (chunks.length < MOST_COLLECTED) {
    const chunk = source.read(CHUNK);
    if (chunk === undefined) return { chunks, bytes, isWhole: true };
    if (chunk.length === 0) break;
    bytes += chunk.length;
    chunks.push(chunk);
  }
  return { chunks, bytes, isWhole: false };
}

/**
 * Reads the start of a response's body, and refuses what would leave the client waiting: a length without a body, and a
 * status that is not the last one.
 *
 * @throws Error when the response cannot be sent
 */
export function responseStart(response: HttpResponse, method: string | undefined): BodyStart {
  const start = startOf(response.body.source);
  checkResponseStart(response, start, method);
  return start;
}

/** @throws Error when a response with this start cannot be sent */
export function checkResponseStart(
  { status, headers }: HttpResponse,
  start: BodyStart,
  method: string | undefined,
): void {
  if (status < 200)
    throw new Error(`the program answered with the status ${status}, which does not end a request`);
  const announced = contentLength(headers);
  if (announced === 'invalid') throw new Error('the program set a `content-length` that is not one number');
  const hasNoBody = method === 'HEAD' || status === 204 || status === 304;
  if (!hasNoBody && start.isWhole && announced !== undefined && announced !== start.bytes)
    throw new HttpError({ tag: 'HTTP-response-body-size', val: BigInt(start.bytes) });
}

/** Returns the chunks of a whole body in one piece. */
export function joinChunks({ chunks, bytes }: BodyStart): Uint8Array<ArrayBuffer> {
  const [first = new Uint8Array()] = chunks;
  if (chunks.length < 2) return first;
  const all = new Uint8Array(bytes);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}
