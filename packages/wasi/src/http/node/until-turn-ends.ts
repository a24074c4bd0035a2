import type { ByteSource } from '../../system/byte-streams.ts';
import { type BodyStart, startOf } from '../response-start.ts';

/** With so many bytes a body is not small. */
const SMALL = 65_536;

/**
 * Reads what more comes of a body in this turn of the event loop. A component of 0.3 writes the body after it has
 * returned its response, so that every body would be sent in pieces otherwise.
 *
 * @throws HttpError when the body has failed
 */
export async function untilTurnEnds(source: ByteSource, start: BodyStart): Promise<BodyStart> {
  const end = Promise.withResolvers<'over'>();
  const immediate = setImmediate(() => end.resolve('over'));
  let read = start;
  try {
    while (!read.isWhole && read.bytes < SMALL) {
      const first = await Promise.race([source.ready(), end.promise]);
      read = startOf(source, read);
      if (first === 'over') break;
    }
  } finally {
    clearImmediate(immediate);
  }
  return read;
}
