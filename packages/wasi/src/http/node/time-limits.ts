import type { ClientRequest } from 'node:http';
import { HttpError, type HttpErrorCode } from '../http-error.ts';
import type { RequestTimeouts } from '../message.ts';

/** The longest time that a timer of the platform counts, in milliseconds. */
const LONGEST = 2 ** 31 - 1;

/** Ends a request that takes longer than its program allows. */
export function limitTimes(sent: ClientRequest, { connect, firstByte, betweenBytes }: RequestTimeouts): void {
  const fail = (tag: 'connection-timeout' | 'connection-read-timeout') => (): void =>
    void sent.destroy(new HttpError({ tag } satisfies HttpErrorCode));
  if (connect !== undefined) {
    const timer = setTimeout(fail('connection-timeout'), milliseconds(connect));
    const stop = (): void => clearTimeout(timer);
    sent.on('close', stop).on('socket', (socket) => {
      if (socket.connecting) socket.once('connect', stop);
      else stop();
    });
  }
  if (firstByte !== undefined) {
    const timer = setTimeout(fail('connection-read-timeout'), milliseconds(firstByte));
    const stop = (): void => clearTimeout(timer);
    sent.on('close', stop).on('response', stop);
  }
  if (betweenBytes !== undefined)
    sent.on('response', (message) => {
      message.setTimeout(milliseconds(betweenBytes), () =>
        message.destroy(new HttpError({ tag: 'connection-read-timeout' })),
      );
    });
}

function milliseconds(nanoseconds: bigint): number {
  const count = (nanoseconds + 999_999n) / 1_000_000n;
  return count > LONGEST ? LONGEST : Number(count);
}
