import { type JcoHost, turn } from './jco-host.ts';

/** A class as hosts write them: an asynchronous iterator with its own `return`. */
class Counting implements AsyncIterator<number> {
  #next = 1;
  readonly #last: number;
  returned = false;

  constructor(last: number) {
    this.#last = last;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<number>> {
    await turn();
    if (this.#next > this.#last) return { done: true, value: undefined };
    return { done: false, value: this.#next++ };
  }

  return(): Promise<IteratorResult<number>> {
    this.returned = true;
    return Promise.resolve({ done: true, value: undefined });
  }
}

async function* words(): AsyncGenerator<string> {
  yield 'alpha ';
  await turn();
  yield '';
  yield 'βeta';
}

let dropped = new Counting(0);

/** Hosts that give streams. */
export const givenStreams: readonly JcoHost[] = [
  {
    name: 'gives a stream as an array of numbers',
    sees: 10,
    imports: { source: () => [1, 2, 3, 4] },
    run: (guest) => guest.sum(1000),
  },
  {
    name: 'gives a stream as an array of typed arrays',
    sees: 10,
    imports: { source: () => [Uint8Array.of(1, 2), new Uint8Array(0), Uint8Array.of(3, 4)] },
    run: (guest) => guest.sum(1000),
  },
  {
    name: 'gives a stream as a generator of single numbers and arrays',
    sees: 46,
    imports: {
      *source() {
        yield 1;
        yield [2, 3];
        yield new Uint8Array(40).fill(1);
      },
    },
    run: (guest) => guest.sum(1000),
  },
  {
    name: 'gives a stream as an asynchronous generator of buffers',
    sees: 494,
    imports: {
      async *source() {
        yield Buffer.from('abc');
        await turn();
        yield new Uint8Array(100).fill(2);
      },
    },
    run: (guest) => guest.sum(1000),
  },
  {
    name: 'gives a stream as a class with `next` and `return`',
    sees: 55,
    imports: { source: () => new Counting(10) },
    run: (guest) => guest.sum(1000),
  },
  {
    name: 'gives a stream as a ReadableStream of chunks',
    sees: 10,
    imports: {
      source: () =>
        new ReadableStream({
          start(controller) {
            controller.enqueue(Uint8Array.of(1, 2, 3));
            controller.enqueue(Uint8Array.of(4));
            controller.close();
          },
        }),
    },
    run: (guest) => guest.sum(1000),
  },
  {
    name: 'gives a stream of strings as an asynchronous generator',
    sees: 'alpha βeta',
    imports: { words },
    run: (guest) => guest.joinWords(),
  },
  {
    name: 'gives a stream of strings as an array',
    sees: 'aß🦊',
    imports: { words: () => ['a', 'ß', '🦊'] },
    run: (guest) => guest.joinWords(),
  },
  {
    name: 'passes a stream to an export as an asynchronous iterator',
    sees: 15,
    run: (guest) => guest.sumOf(new Counting(5)),
  },
  {
    name: 'passes a stream to an export as the body of a Response',
    sees: 294,
    run: (guest) => guest.sumOf(new Response('abc').body),
  },
  {
    name: 'is told when the guest drops its stream before the end',
    sees: { sum: 6, returned: true },
    imports: { source: () => (dropped = new Counting(1000)) },
    async run(guest) {
      const sum = await guest.sum(3);
      await turn();
      return { sum, returned: dropped.returned };
    },
  },
];
