import type { Preview3Shim } from '@wit-ts/dev-peers';

type Reading = readonly [stream: AsyncIterable<unknown>, ended: PromiseLike<unknown>];

/**
 * Corrects one fault of `preview3-shim` 0.7 in this process. Of a function that returns a stream, and a future of how
 * the stream ended, the future is never settled when the guest drops the stream before its end. Guests wait for it: the
 * tests of the suite drop their standard input, and expect that reading it went well.
 */
export function settleDroppedReadings({ cli, filesystem, sockets }: Preview3Shim): void {
  correct(cli['stdin'], 'readViaStream');
  const descriptor = prototypeOf(filesystem['types'], 'Descriptor');
  correct(descriptor, 'readViaStream');
  correct(descriptor, 'readDirectory');
  correct(prototypeOf(sockets['types'], 'TcpSocket'), 'receive');
}

function prototypeOf(types: object | undefined, name: string): object | undefined {
  const Class: unknown = Reflect.get(types ?? {}, name);
  return typeof Class === 'function' ? Reflect.get(Class, 'prototype') : undefined;
}

function correct(owner: object | undefined, name: string): void {
  const read: unknown = Reflect.get(owner ?? {}, name);
  if (owner === undefined || typeof read !== 'function')
    throw new Error(`preview3-shim has no function ${name} where it was in version 0.7`);
  Reflect.set(owner, name, function corrected(this: unknown, ...args: readonly unknown[]): Reading {
    return settledByDrop(Reflect.apply(read, this, args));
  });
}

function settledByDrop([stream, ended]: Reading): Reading {
  const dropped = Promise.withResolvers<{ readonly tag: 'ok'; readonly val: undefined }>();
  const corrected = {
    [Symbol.asyncIterator](): AsyncIterator<unknown> {
      const iterator = stream[Symbol.asyncIterator]();
      return {
        next: () => iterator.next(),
        async return() {
          dropped.resolve({ tag: 'ok', val: undefined });
          await iterator.return?.();
          return { done: true, value: undefined };
        },
      };
    },
    /** The guest drops a stream that it has not read. */
    return: () => corrected[Symbol.asyncIterator]().return?.(),
  };
  return [corrected, Promise.race([ended, dropped.promise])];
}
