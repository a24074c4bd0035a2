import type { JcoHost, JcoStream } from './jco-host.ts';

async function all<T>(stream: AsyncIterable<T>): Promise<unknown[]> {
  const items: unknown[] = [];
  for await (const item of stream) items.push(...(ArrayBuffer.isView(item) ? bytesOf(item) : [item]));
  return items;
}

function bytesOf(view: ArrayBufferView): number[] {
  return [...new Uint8Array(view.buffer, view.byteOffset, view.byteLength)];
}

async function countRead(
  data: JcoStream<number>,
  count: number | { readonly count: number },
): Promise<number> {
  let total = 0;
  for (;;) {
    const { value, done } = await data.read(count);
    if (done === true) return total;
    if (ArrayBuffer.isView(value)) total += value.byteLength;
  }
}

/** Hosts that take streams and futures of the guest. */
export const taken: readonly JcoHost[] = [
  {
    name: 'reads a stream that it takes with `for await`',
    sees: 2500,
    imports: {
      async sink(data: AsyncIterable<unknown>) {
        return (await all(data)).length;
      },
    },
    run: (guest) => guest.pour(2500),
  },
  {
    name: 'reads a stream that it takes with `read(count)`',
    sees: 2500,
    imports: { sink: (data: JcoStream<number>) => countRead(data, 100) },
    run: (guest) => guest.pour(2500),
  },
  {
    name: 'reads a stream that it takes with `read({ count })`',
    sees: 2500,
    imports: { sink: (data: JcoStream<number>) => countRead(data, { count: 4096 }) },
    run: (guest) => guest.pour(2500),
  },
  {
    name: 'disposes a stream after its first bytes',
    sees: 10,
    imports: {
      async sink(data: JcoStream<number>) {
        const { value } = await data.read(10);
        data[Symbol.dispose]();
        return ArrayBuffer.isView(value) ? value.byteLength : -1;
      },
    },
    run: (guest) => guest.pour(2500),
  },
  {
    name: 'leaves `for await` after the first item',
    sees: 1,
    imports: {
      async sink(data: AsyncIterable<unknown>) {
        for await (const item of data) return item === undefined ? 0 : 1;
        return 2;
      },
    },
    run: (guest) => guest.pour(2500),
  },
  {
    name: 'reads a stream that an export returns',
    sees: 2500,
    run: async (guest) => (await all(await guest.give(2500))).length,
  },
  {
    name: 'reads an empty stream that an export returns',
    sees: [],
    run: async (guest) => all(await guest.give(0)),
  },
  {
    name: 'reads the end again and again',
    sees: [
      [[0], false],
      [null, true],
      [null, true],
    ],
    async run(guest) {
      const stream = await guest.give(1);
      const reads: unknown[] = [];
      for (let at = 0; at < 3; at += 1) {
        const { value, done } = await stream.read(4);
        reads.push([ArrayBuffer.isView(value) ? bytesOf(value) : (value ?? null), done === true]);
      }
      return reads;
    },
  },
  {
    name: 'makes two reads before it awaits the first',
    sees: [5, 3],
    async run(guest) {
      const stream = await guest.give(8);
      const reads = await Promise.all([stream.read(5), stream.read(5)]);
      return reads.map(({ value }) => (ArrayBuffer.isView(value) ? value.byteLength : -1));
    },
  },
  {
    name: 'reads strings one at a time',
    sees: ['one', '', 'häll', true],
    async run(guest) {
      const stream = await guest.giveWords();
      const items = [await stream.read(1), await stream.next(), await stream.next()];
      return [...items.map(({ value }) => value), (await stream.next()).done];
    },
  },
  {
    name: 'reads several strings at once',
    sees: ['one', ''],
    async run(guest) {
      const stream = await guest.giveWords();
      return (await stream.read(2)).value;
    },
  },
  {
    name: 'iterates over strings',
    sees: ['one', '', 'häll'],
    run: async (guest) => all(await guest.giveWords()),
  },
  {
    name: 'returns the stream without reading it',
    sees: true,
    async run(guest) {
      const stream = await guest.give(5);
      await stream.return();
      return (await stream.read(1)).done === true;
    },
  },
  {
    name: 'awaits a future that an export returns',
    sees: 4,
    async run(guest) {
      const future = await guest.giveSoon(4);
      return future;
    },
  },
  {
    name: 'awaits the futures that it takes',
    sees: 8,
    imports: {
      async awaitBoth(a: PromiseLike<number>, b: PromiseLike<unknown>) {
        const [first, second] = await Promise.all([a, b]);
        return second === undefined ? 0 : first * 2;
      },
    },
    run: (guest) => guest.both(4),
  },
];
