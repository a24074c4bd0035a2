import { ComponentError } from '@wit-ts/runtime';
import type { RequestTimeouts } from '../../http/message.ts';

type RequestOptionsError = { tag: 'immutable' };

/** `request-options` of `wasi:http/types`. Durations are in nanoseconds. */
export class RequestOptions3 {
  #timeouts: RequestTimeouts;
  readonly #isMutable: boolean;

  /** A program calls it without arguments. */
  constructor(timeouts: RequestTimeouts = {}, isMutable = true) {
    this.#timeouts = timeouts;
    this.#isMutable = isMutable;
  }

  getConnectTimeout(): bigint | undefined {
    return this.#timeouts.connect;
  }

  setConnectTimeout(connect: bigint | undefined): void {
    this.#change({ connect });
  }

  getFirstByteTimeout(): bigint | undefined {
    return this.#timeouts.firstByte;
  }

  setFirstByteTimeout(firstByte: bigint | undefined): void {
    this.#change({ firstByte });
  }

  getBetweenBytesTimeout(): bigint | undefined {
    return this.#timeouts.betweenBytes;
  }

  setBetweenBytesTimeout(betweenBytes: bigint | undefined): void {
    this.#change({ betweenBytes });
  }

  clone(): RequestOptions3 {
    return new RequestOptions3(this.#timeouts, true);
  }

  /** The options of a request, which cannot be changed. */
  immutable(): RequestOptions3 {
    return new RequestOptions3(this.#timeouts, false);
  }

  get timeouts(): RequestTimeouts {
    return this.#timeouts;
  }

  #change(timeouts: RequestTimeouts): void {
    if (!this.#isMutable)
      throw new ComponentError<RequestOptionsError>(
        { tag: 'immutable' },
        'the options of a request cannot be changed',
      );
    this.#timeouts = { ...this.#timeouts, ...timeouts };
  }
}
