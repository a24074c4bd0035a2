import { equal } from '../../expect.ts';
import { asyncBench, checksum, type BenchEntry, givenBytes } from '../../guests/async-bench.ts';
import { asyncBuiltins, PENDING, ends, polled } from '../../guests/async-faults.ts';
import { asyncPlatforms } from '../../guests/async-platforms.ts';
import { turn } from '../../guests/later.ts';
import { concurrencyGroup } from './concurrency-group.ts';

const STREAM_WRITE = 3;
const [COMPLETED, DROPPED] = [0, 1];

export const guestStreams = concurrencyGroup('streams and futures of the guest', [
  {
    name: 'bytes in chunks',
    run: async (context) => {
      const { producer } = await asyncBench(context);
      const lengths: number[] = [];
      let sum = 0;
      for await (const chunk of await producer.giveBytes(150_000)) {
        lengths.push(chunk.length);
        sum += checksum(chunk);
      }
      const expected = givenBytes(150_000);
      equal(lengths, [65_536, 65_536, 18_928]);
      equal(
        sum,
        [0, 65_536, 131_072].reduce((all, at) => all + checksum(expected.subarray(at, at + 65_536)), 0),
      );
    },
  },
  {
    name: 'read by count',
    run: async (context) => {
      const { producer } = await asyncBench(context);
      const stream = await producer.giveBytes(100);
      equal(await stream.read(5), { value: givenBytes(100).slice(0, 5), done: false });
      equal((await stream.read(200)).value, givenBytes(100).slice(5));
      equal(await stream.read(1), { value: undefined, done: true });
    },
  },
  {
    name: 'as a ReadableStream',
    run: async (context) => {
      const { producer } = await asyncBench(context);
      const response = new Response((await producer.giveBytes(100_000)).toReadableStream());
      equal(checksum(new Uint8Array(await response.arrayBuffer())), checksum(givenBytes(100_000)));
    },
  },
  {
    name: 'a byte reader fills the buffer of the host',
    run: async (context) => {
      const { producer } = await asyncBench(context);
      const readable = (await producer.giveBytes(1000)).toReadableStream();
      const reader = readable.getReader({ mode: 'byob' });
      const { value } = await reader.read(new Uint8Array(100));
      equal(value, givenBytes(1000).slice(0, 100));
      await reader.cancel();
    },
  },
  {
    name: 'records',
    run: async (context) => {
      const { producer } = await asyncBench(context);
      const entries: BenchEntry[] = [];
      for await (const entry of await producer.giveEntries(1200)) entries.push(entry);
      equal(entries.length, 1200);
      equal([entries[0]?.id, entries[1199]?.id, entries[1199]?.score], [0n, 1199n, 599.5]);
    },
  },
  {
    name: 'strings and options',
    run: async (context) => {
      const { a } = await asyncBuiltins(context);
      const [readable, writable] = ends(a.textsNew());
      const texts = a.giveTexts(readable);
      // Two strings, "hi" and "", whose pointers and lengths are at 100.
      a.poke(200, 0x6968);
      for (const [at, value] of [200, 2, 200, 0].entries()) a.poke(100 + 4 * at, value);
      equal(a.textsWrite(writable, 100, 2), PENDING);
      equal(await texts.read(9), { value: ['hi', ''], done: false });
      const [maybesReadable, maybesWritable] = ends(a.maybesNew());
      a.poke(300, 0x0701_0000);
      equal(a.maybesWrite(maybesWritable, 300, 2), PENDING);
      equal((await a.giveMaybes(maybesReadable).read(2)).value, [undefined, 7]);
    },
  },
  {
    name: 'no element type',
    run: async (context) => {
      const { inner } = await asyncPlatforms(context);
      const [readable, writable] = ends(inner.unitsNew());
      const units = inner.giveUnits(readable);
      equal(inner.unitsWrite(writable, 3), PENDING);
      equal((await units.read(5)).value, [undefined, undefined, undefined]);
      const [doneReadable, doneWritable] = ends(inner.doneNew());
      const done = inner.giveDone(doneReadable);
      inner.doneWrite(doneWritable);
      equal(await done, undefined);
    },
  },
  {
    name: 'futures',
    run: async (context) => {
      const { producer } = await asyncBench(context);
      equal([await producer.giveNumber(7), await producer.giveText()], [7, 'hello, world']);
    },
  },
  {
    name: 'the host stops reading, in three ways',
    run: async (context) => {
      const { a } = await asyncBuiltins(context);
      const { producer } = await asyncBench(context);
      const stops = ['return', 'cancel', Symbol.dispose ?? Symbol.for('dispose')] as const;
      for (const stop of stops) {
        const [readable, writable] = ends(a.bytesNew());
        const stream = a.giveBytes(readable) as unknown as Record<PropertyKey, () => unknown>;
        equal(a.bytesWrite(writable, 100, 4), PENDING);
        await stream[stop]!();
        const set = a.setNew();
        a.join(writable, set);
        await turn();
        equal(polled(a, set), [STREAM_WRITE, writable, DROPPED], String(stop));
      }
      const stream = await producer.giveBytes(200_000);
      for await (const chunk of stream) {
        equal(chunk.length, 65_536);
        break;
      }
      equal(await stream.read(1), { value: undefined, done: true });
    },
  },
  {
    name: 'nothing is buffered: the guest writes what the host reads',
    run: async (context) => {
      const { a } = await asyncBuiltins(context);
      const [readable, writable] = ends(a.bytesNew());
      const stream = a.giveBytes(readable);
      equal(a.bytesWrite(writable, 100, 4), PENDING);
      const set = a.setNew();
      a.join(writable, set);
      await turn();
      equal(polled(a, set)[0], 0);
      equal((await stream.read(3)).value?.length, 3);
      equal((await stream.read(3)).value?.length, 1);
      equal(polled(a, set), [STREAM_WRITE, writable, 4 * 16 + COMPLETED]);
    },
  },
  {
    name: 'a synchronous write waits for the host',
    suspends: true,
    run: async (context) => {
      const { inner } = await asyncPlatforms(context);
      const numbers: number[] = [];
      for await (const chunk of await inner.count(5)) numbers.push(...chunk);
      equal(numbers, [1, 2, 3, 4, 5]);
      const stream = await inner.count(100);
      equal((await stream.read(1)).value, Uint8Array.of(1));
      await stream.return();
      await turn();
      equal(inner.counted() < 5, true, 'the writer stops');
    },
  },
  {
    name: 'a synchronous write of a future waits for the host',
    suspends: true,
    run: async (context) => {
      const { inner } = await asyncPlatforms(context);
      equal([await inner.giveSoon(5), await inner.giveSoon(6)], [5, 6]);
    },
  },
]);
