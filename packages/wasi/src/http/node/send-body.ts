import type { ClientRequest, ServerResponse } from 'node:http';
import type { ByteSource } from '../../system/byte-streams.ts';
import type { MessageBody } from '../message.ts';

/** How many bytes are read at a time. */
const CHUNK = 65_536;

/** How many chunks are collected before the message begins, to send small bodies in one piece. */
const MOST_COLLECTED = 16;

/** The beginning of a body: everything that is there already. */
export interface BodyStart {
  readonly chunks: readonly Uint8Array[];
  readonly bytes: number;
  /** Whether nothing follows. */
  readonly isWhole: boolean;
}

/** Reads what is there without waiting. @throws HttpError when the body has failed */
export function startOf(source: ByteSource): BodyStart {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  while (chunks.length < MOST_COLLECTED) {
    const chunk = source.read(CHUNK);
    if (chunk === undefined) return { chunks, bytes, isWhole: true };
    if (chunk.length === 0) break;
    bytes += chunk.length;
    chunks.push(chunk);
  }
  return { chunks, bytes, isWhole: false };
}

/** Writes the rest of a body after its start, its trailers and the end. Rejects when the body fails. */
export async function sendBody(
  { chunks, isWhole }: BodyStart,
  body: MessageBody,
  to: ServerResponse | ClientRequest,
): Promise<void> {
  for (const chunk of chunks) if (!to.write(chunk)) await drained(to);
  if (!isWhole) {
    for (;;) {
      const chunk = body.source.read(CHUNK);
      if (chunk === undefined) break;
      if (chunk.length === 0) await body.source.ready();
      else if (!to.write(chunk)) await drained(to);
    }
  }
  const fields = await body.trailers();
  if (fields !== undefined) to.addTrailers([...fields]);
  to.end();
}

/** Resolves when more can be written, or when the connection has ended. */
async function drained(to: ServerResponse | ClientRequest): Promise<void> {
  if (to.destroyed || !to.writableNeedDrain) return;
  await new Promise<void>((resolve) => {
    const done = (): void => {
      to.off('drain', done).off('close', done);
      resolve();
    };
    to.on('drain', done).on('close', done);
  });
}
