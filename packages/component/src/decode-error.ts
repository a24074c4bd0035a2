import { plainLine } from '@wit-ts/model';

/** Thrown for bytes that are not a valid component. The message says what was expected, and at which byte. */
export class DecodeError extends Error {
  override readonly name = 'DecodeError';
  /** Offset into the bytes given to `decode`. */
  readonly offset: number;

  /** The message without the offset. */
  readonly plainMessage: string;

  constructor(message: string, offset: number) {
    const plain = plainLine(message);
    super(`${plain} (at byte 0x${offset.toString(16)})`);
    this.offset = offset;
    this.plainMessage = plain;
  }
}

/**
 * The message when what few components have needs code that is not loaded. `compile` then loads it and reads again, so
 * the message is seen only on a platform that loads nothing on demand.
 */
export const NOT_LOADED = 'the code that reads this rare definition cannot be loaded on this platform';
