import { equal, throws } from '../../expect.ts';
import { asyncBench, checksum, entriesChecksum } from '../../guests/async-bench.ts';
import { asyncBuiltins, PENDING, polled } from '../../guests/async-faults.ts';
import { asyncPlatforms } from '../../guests/async-platforms.ts';
import { later, slowly, turn } from '../../guests/later.ts';
import { concurrencyGroup } from './concurrency-group.ts';

const STREAM_READ = 2;
const bytes = Uint8Array.from({ length: 1000 }, (_, index) => index * 3);
const chunks = [bytes.subarray(0, 1), bytes.subarray(1, 700), bytes.subarray(700)];
const entries = [
  { id: 5n, name: 'Ada', score: 1.5 },
  { id: 6n, name: 'Zoë', score: 2 },
];

export const hostStreams = concurrencyGroup('streams and futures of the host', [
  {
    name: 'numbers: array, generator, ReadableStream',
    run: async (context) => {
      const { consumer } = await asyncBench(context);
      const sources = [[...bytes], chunks, slowly(chunks), readableOf(chunks), new Response(bytes).body];
      for (const source of sources) equal(await consumer.takeBytes(source, 1), checksum(bytes));
      equal(await consumer.takeBytes([], 1), 0);
    },
  },
  {
    name: 'records',
    run: async (context) => {
      const { consumer } = await asyncBench(context);
      equal(await consumer.takeEntries(entries), entriesChecksum(entries));
      equal(await consumer.takeEntries(slowly(entries)), entriesChecksum(entries));
    },
  },
  {
    name: 'strings and options',
    run: async (context) => {
      const { a } = await asyncBuiltins(context);
      const texts = a.takeTexts(slowly(['hi']));
      const set = a.setNew();
      a.join(texts, set);
      equal(a.textsRead(texts, 200, 1), PENDING);
      equal(await event(() => polled(a, set)), [STREAM_READ, texts, 16]);
      equal([a.peek(204), a.peek(a.peek(200)) & 0xffff], [2, 0x6968]);
      const maybes = a.takeMaybes([undefined, 5]);
      a.join(maybes, set);
      if (a.maybesRead(maybes, 300, 2) === PENDING) await event(() => polled(a, set));
      equal([a.peek(300) & 255, (a.peek(300) >>> 16) & 0xffff], [0, 0x0501]);
    },
  },
  {
    name: 'no element type',
    run: async (context) => {
      const { inner } = await asyncPlatforms(context);
      const units = inner.takeUnits([undefined, undefined, undefined]);
      const set = inner.setNew();
      inner.join(units, set);
      let read = inner.unitsRead(units, 9);
      if (read === PENDING) [read = 0] = await event(() => [inner.poll(set)], -1);
      equal(read >>> 4, 3);
      const done = inner.takeDone(later(undefined));
      inner.join(done, set);
      equal(inner.doneRead(done), PENDING);
      equal(await event(() => [inner.poll(set)], -1), [0]);
    },
  },
  {
    name: 'futures, settled and not',
    run: async (context) => {
      const { consumer } = await asyncBench(context);
      equal(await consumer.takeNumber(Promise.resolve(9)), 9);
      equal(await consumer.takeNumber(later(10)), 10);
      equal(await consumer.takeText(later('hé')), checksum(new TextEncoder().encode('hé')));
      const reason = new Error('gone');
      const error = await throws(() => consumer.takeNumber(Promise.reject(reason)), 'Trap', /gone/u);
      equal(error.cause === reason, true);
    },
  },
  {
    name: 'a synchronous read of elements that are there',
    run: async (context) => {
      const { inner } = await asyncPlatforms(context);
      equal(await inner.sum([1, 2, 3]), 6);
      equal(await inner.sum([Uint8Array.from({ length: 25 }, (_, index) => index)]), 300);
    },
  },
  {
    name: 'a synchronous read waits',
    suspends: true,
    run: async (context) => {
      const { inner } = await asyncPlatforms(context);
      equal(await inner.sum(slowly([Uint8Array.of(1, 2), Uint8Array.of(3)])), 6);
      equal(await inner.sum(readableOf([Uint8Array.of(4)])), 4);
    },
  },
  {
    name: 'a synchronous read of a future waits',
    suspends: true,
    run: async (context) => {
      const { inner } = await asyncPlatforms(context);
      equal(await inner.takeSoon(later(8)), 8);
    },
  },
  {
    name: 'an element or a source of the wrong type',
    run: async (context) => {
      const wrong: readonly (readonly [source: unknown, message: RegExp])[] = [
        [[1, 300], /values\[1\]: expected u8, got 300/u],
        [slowly([300]), /values\[0\]: expected u8, got 300/u],
        [7, /argument bytes: expected a stream, got 7/u],
      ];
      for (const [source, message] of wrong) {
        const { consumer } = await asyncBench(context);
        await throws(() => consumer.takeBytes(source, 1), 'TypeError', message);
      }
    },
  },
  {
    name: 'a source throws: the stream ends, and the host learns why',
    run: async (context) => {
      const errors: unknown[] = [];
      const { consumer } = await asyncBench(context, {}, { onError: (error) => errors.push(error.cause) });
      const cause = new Error('disk on fire');
      equal(await consumer.takeBytes(failing(cause), 1), checksum([1, 2]));
      equal([errors.length, errors[0] === cause], [1, true]);
    },
  },
  {
    name: 'the guest drops a source unread',
    run: async (context) => {
      const { consumer } = await asyncBench(context);
      let cancelled = 0;
      consumer.dropBytes(new ReadableStream({ cancel: () => void (cancelled += 1) }));
      await turn();
      equal(cancelled, 1);
    },
  },
]);

function readableOf(items: readonly Uint8Array[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (const item of items) controller.enqueue(item.slice());
      controller.close();
    },
  });
}

async function* failing(error: Error): AsyncGenerator<Uint8Array> {
  yield await later(Uint8Array.of(1, 2));
  throw error;
}

/** Polls until there is an event. */
async function event(poll: () => readonly number[], none = 0): Promise<readonly number[]> {
  for (let tries = 0; tries < 100; tries += 1) {
    const found = poll();
    if (found[0] !== none) return found;
    await turn();
  }
  throw new Error('there was no event');
}
