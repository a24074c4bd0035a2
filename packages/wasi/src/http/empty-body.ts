import type { ByteSource } from '../system/byte-streams.ts';
import type { MessageBody } from './message.ts';

const ended: ByteSource = {
  isTerminal: false,
  read: () => undefined,
  ready: () => Promise.resolve(),
  close: () => {},
};

/** The body of a message without one. */
export function emptyBody(): MessageBody {
  // Readers keep what they know about a source, so that each body has its own.
  return { source: { ...ended }, trailers: () => Promise.resolve(undefined) };
}
