import { equal } from '../../expect.ts';
import { asyncBench, checksum, entriesChecksum, givenBytes } from '../../guests/async-bench.ts';
import { asyncBuiltins, PENDING, ends, polled } from '../../guests/async-faults.ts';
import { asyncPlatforms } from '../../guests/async-platforms.ts';
import { later } from '../../guests/later.ts';
import { concurrencyGroup } from './concurrency-group.ts';

interface Tasks {
  callSync(text: string): Promise<string>;
  callAsync(text: string): Promise<string>;
}

export const betweenComponents = concurrencyGroup('between components', [
  {
    name: 'calls of functions that answer at once',
    run: async (context) => {
      const guest = await context.instance<Tasks>('tasks', { ask: (a: number) => a });
      equal([await guest.callSync('hällo'), await guest.callAsync('🦊')], ['hällo', '🦊']);
      const { consumer } = await asyncBench(context);
      equal([await consumer.callNow(50), await consumer.callEcho(10, 'Grüße')], [50, 70]);
    },
  },
  {
    name: 'calls of functions that yield',
    run: async (context) => {
      const { consumer } = await asyncBench(context);
      equal(await consumer.callYield(300), 300);
    },
  },
  {
    name: 'bytes from memory to memory',
    run: async (context) => {
      const { consumer } = await asyncBench(context);
      equal(await consumer.pipeBytes(300_000, 1), checksum(givenBytes(300_000)));
    },
  },
  {
    name: 'records from memory to memory',
    run: async (context) => {
      const { producer, consumer } = await asyncBench(context);
      const read = await (await producer.giveEntries(700)).read(1000);
      equal(await consumer.pipeEntries(700), entriesChecksum(read.value as never));
    },
  },
  {
    name: 'partial and empty copies',
    run: async (context) => {
      const { a, b } = await asyncBuiltins(context);
      const [readable, writable] = ends(a.bytesNew());
      const handle = b.takeBytes(a.giveBytes(readable));
      const set = b.setNew();
      b.join(handle, set);
      a.poke(100, 0x0403_0201);
      equal([b.bytesRead(handle, 200, 0), a.bytesWrite(writable, 100, 4)], [PENDING, PENDING]);
      equal(polled(b, set), [2, handle, 0]);
      equal([b.bytesRead(handle, 200, 3), b.bytesRead(handle, 204, 3)], [48, 16]);
      equal([b.peek(200), b.peek(204)], [0x0003_0201, 4]);
    },
  },
  {
    name: 'streams that are opened and dropped in every order',
    run: async (context) => {
      const { consumer } = await asyncBench(context);
      const orders = [0, 1, 2, 3, 4, 5, 6, 7, 8];
      equal(
        orders.map((order) => consumer.openAndDrop(20, order)),
        orders.map(() => 20),
      );
    },
  },
  {
    name: 'a stream goes from one instance to another through the host',
    run: async (context) => {
      const [one, other] = [await asyncBench(context), await asyncBench(context)];
      const bytes = await one.producer.giveBytes(100_000);
      equal(await other.consumer.takeBytes(bytes, 7), checksum(givenBytes(100_000), 7));
      equal(await other.consumer.takeNumber(one.producer.giveNumber(4)), 4);
    },
  },
  {
    name: 'a synchronous call of a task that answers at once',
    run: async (context) => {
      const { outer } = await asyncPlatforms(context);
      equal(await outer.relay(1), 2);
    },
  },
  {
    name: 'two stacks wait for the host, one on top of the other',
    suspends: true,
    run: async (context) => {
      const { outer } = await asyncPlatforms(context, (n) => later(n + 1));
      equal(await outer.relay(41), 42);
    },
  },
]);
