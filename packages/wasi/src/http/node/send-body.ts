import type { ClientRequest, ServerResponse } from 'node:http';
import type { MessageBody } from '../message.ts';
import type { BodyStart } from '../response-start.ts';

/** How many bytes are read at a time. */
const CHUNK = 65_536;

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
