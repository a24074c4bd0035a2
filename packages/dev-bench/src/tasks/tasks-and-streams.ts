import type { AsyncGuest, Entry } from '../guests/async-guest.ts';

/** The orders in which `open-and-drop` of the guest drops the ends of streams and futures. */
const ORDERS = 9;
/** More than the guest writes at once, so that its writer still waits when the host stops to read. */
const MORE_THAN_A_CHUNK = 100_000;

const entry: Entry = { id: 1n, name: 'name', score: 1 };

/** Makes tasks, streams and futures that end in every way, with a guest that was made with `plainHost`. */
export class TasksAndStreams {
  readonly #guest: AsyncGuest;
  /** How many tasks have been started, by the host and by a component inside. */
  tasks = 0;
  /** How many streams and futures have been opened, by the host and by the guest. */
  streams = 0;

  constructor(guest: AsyncGuest) {
    this.#guest = guest;
  }

  /** Tasks that return at once, that yield, and that wait for the host or for another component. */
  async runTasks(): Promise<void> {
    const { producer, consumer, blocker } = this.#guest;
    expectEqual(await producer.now(1), 2);
    expectEqual(await producer.echo('text'), 'text');
    expectEqual(await producer.yield(2), 2);
    expectEqual(await consumer.wait(1), 2);
    expectEqual(await blocker.wait(1), 2);
    expectEqual(await consumer.callHostLater(2), 2);
    expectEqual(await consumer.callNow(2), 2);
    expectEqual(await consumer.callYield(1), 1);
    const together = await Promise.all([consumer.wait(1), consumer.wait(2), producer.yield(1)]);
    expectEqual(together.join(), '2,3,1');
    this.tasks += 14;
  }

  /** Streams and futures whose ends both belong to the guest. */
  openAndDrop(): void {
    for (let order = 0; order < ORDERS; order++) {
      expectEqual(this.#guest.consumer.openAndDrop(1, order), 1);
      this.streams += 1;
    }
  }

  /** Streams that the guest gives: read to the end, dropped unread, and dropped while the guest writes. */
  async receive(): Promise<void> {
    const { producer } = this.#guest;
    const whole = await producer.giveBytes(10);
    while ((await whole.read(4)).done !== true);
    const unread = await producer.giveBytes(MORE_THAN_A_CHUNK);
    unread.return();
    const begun = await producer.giveBytes(MORE_THAN_A_CHUNK);
    expectEqual((await begun.read(10)).done, false);
    begun.return();
    const entries = await producer.giveEntries(3);
    while ((await entries.read(2)).done !== true);
    expectEqual(await producer.giveNumber(7), 7);
    expectEqual(await producer.giveText(), 'hello, world');
    // Nobody awaits this future.
    void producer.giveNumber(7);
    this.tasks += 7;
    this.streams += 7;
  }

  /** Streams that the host gives: read to the end, and dropped unread. */
  async give(): Promise<void> {
    const { consumer } = this.#guest;
    await consumer.takeBytes(chunks(), 1);
    await consumer.takeEntries([entry, entry]);
    consumer.dropBytes(chunks());
    expectEqual(await consumer.takeNumber(Promise.resolve(7)), 7);
    await consumer.takeText(Promise.resolve('text'));
    await consumer.pipeBytes(10, 1);
    this.tasks += 7;
    this.streams += 6;
  }
}

async function* chunks(): AsyncGenerator<Uint8Array, void> {
  yield new Uint8Array(3);
  yield new Uint8Array(5);
}

function expectEqual(given: unknown, expected: unknown): void {
  if (given !== expected) {
    throw new Error(`the guest gave ${JSON.stringify(given)} instead of ${JSON.stringify(expected)}`);
  }
}
