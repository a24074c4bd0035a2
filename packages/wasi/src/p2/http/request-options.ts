import type { RequestTimeouts } from '../../http/message.ts';

/** `request-options` of `wasi:http/types`. Durations are in nanoseconds. */
export class RequestOptions2 {
  #connect: bigint | undefined;
  #firstByte: bigint | undefined;
  #betweenBytes: bigint | undefined;

  connectTimeout(): bigint | undefined {
    return this.#connect;
  }

  setConnectTimeout(duration: bigint | undefined): void {
    this.#connect = duration;
  }

  firstByteTimeout(): bigint | undefined {
    return this.#firstByte;
  }

  setFirstByteTimeout(duration: bigint | undefined): void {
    this.#firstByte = duration;
  }

  betweenBytesTimeout(): bigint | undefined {
    return this.#betweenBytes;
  }

  setBetweenBytesTimeout(duration: bigint | undefined): void {
    this.#betweenBytes = duration;
  }

  timeouts(): RequestTimeouts {
    return { connect: this.#connect, firstByte: this.#firstByte, betweenBytes: this.#betweenBytes };
  }
}
