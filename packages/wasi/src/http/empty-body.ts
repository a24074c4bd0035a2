import type { ByteSource } from '../system/byte-streams.ts';
import type { MessageBody } from './message.ts';

/** The body of a message without one. Readers keep what they know about a source, so that each message has its own. */
export class EmptyBody implements MessageBody, ByteSource {
  readonly isTerminal = false;

  get source(): ByteSource {
    return this;
  }

  read(): undefined {
    return undefined;
  }

  ready(): Promise<void> {
    return Promise.resolve();
  }

  close(): void {
    // Nobody has opened anything.
  }

  trailers(): undefined {
    return undefined;
  }
}
