import { equal, throws } from '../../expect.ts';
import { asyncBuiltins, PENDING, ends, subtaskOf } from '../../guests/async-faults.ts';
import { asyncPlatforms } from '../../guests/async-platforms.ts';
import { turn } from '../../guests/later.ts';
import { concurrencyGroup } from './concurrency-group.ts';

/** `Subtask.State` (`CanonicalABI.md`). */
const [STARTING, STARTED, CANCELLED_BEFORE_STARTED, CANCELLED_BEFORE_RETURNED] = [0, 1, 3, 4];
/** What `work` of the guest does: wait for an event, return, or confirm a cancellation. */
const [WAIT, RETURN, CANCEL] = [0, 1, 2];
const COPY_CANCELLED = 2;
const TASK_CANCELLED = 6;

export const cancellation = concurrencyGroup('cancellation', [
  {
    name: 'an AbortSignal cancels a call',
    run: async (context) => {
      const { inner } = await asyncPlatforms(context);
      const controller = new AbortController();
      const call = inner.spin(1_000_000, { signal: controller.signal });
      setTimeout(() => controller.abort(new RangeError('too slow')), 1);
      await throws(() => call, 'RangeError', /too slow/u);
      equal(await inner.spin(2), 2, 'the next call');
      await throws(() => inner.spin(1, { signal: controller.signal }), 'RangeError', /too slow/u);
    },
  },
  {
    name: 'the guest cancels a subtask that waits',
    run: async (context) => {
      const { a, b } = await asyncBuiltins(context);
      b.prepare(b.setNew(), WAIT);
      const [state, subtask] = subtaskOf(a.ask(1, 64));
      equal(state, STARTED);
      await turn();
      b.prepare(0, CANCEL);
      equal(a.subtaskCancel(subtask), CANCELLED_BEFORE_RETURNED);
      equal(b.peek(0), TASK_CANCELLED);
      a.subtaskDrop(subtask);
    },
  },
  {
    name: 'the guest cancels a subtask that has not started',
    run: async (context) => {
      const { a, b } = await asyncBuiltins(context);
      b.prepare(0, RETURN);
      b.backpressureInc();
      const [state, subtask] = subtaskOf(a.ask(7, 64));
      equal([state, a.subtaskCancel(subtask)], [STARTING, CANCELLED_BEFORE_STARTED]);
      a.subtaskDrop(subtask);
      b.backpressureDec();
      equal(await b.work(8), 42);
    },
  },
  {
    name: 'the guest cancels a call of the host, whose answer comes later',
    run: async (context) => {
      const answer = Promise.withResolvers<number>();
      const { b } = await asyncBuiltins(context, () => answer.promise);
      const [, subtask] = subtaskOf(b.ask(1, 64));
      b.poke(64, 5);
      equal(b.subtaskCancelSync(subtask), CANCELLED_BEFORE_RETURNED);
      b.subtaskDrop(subtask);
      answer.resolve(42);
      await turn();
      equal(b.peek(64), 5);
    },
  },
  {
    name: 'a synchronous subtask.cancel of a task that yields',
    run: async (context) => {
      const { outer } = await asyncPlatforms(context);
      equal(await outer.cancelSpin(), CANCELLED_BEFORE_RETURNED);
    },
  },
  {
    name: 'a synchronous subtask.cancel of a member of a set traps',
    run: async (context) => {
      const { b } = await asyncBuiltins(context, () => new Promise(() => {}));
      const [, subtask] = subtaskOf(b.ask(1, 64));
      b.join(subtask, b.setNew());
      await throws(() => b.subtaskCancelSync(subtask), 'Trap', /waitable set/u);
    },
  },
  {
    name: 'the guest cancels a read and a write',
    run: async (context) => {
      const { a } = await asyncBuiltins(context);
      const [readable, writable] = ends(a.bytesNew());
      equal([a.bytesRead(readable, 100, 4), a.bytesCancelRead(readable)], [PENDING, COPY_CANCELLED]);
      equal([a.bytesWrite(writable, 100, 4), a.bytesCancelWrite(writable)], [PENDING, COPY_CANCELLED]);
      a.poke(200, 0x0403_0201);
      equal(a.bytesRead(readable, 100, 4), PENDING);
      equal(a.bytesWrite(writable, 200, 4), 4 * 16);
      equal(a.peek(100), 0x0403_0201);
    },
  },
  {
    name: 'the guest cancels a read of the host, and no element is lost',
    run: async (context) => {
      const first = Promise.withResolvers<void>();
      const { a } = await asyncBuiltins(context);
      const handle = a.takeBytes(afterwards(first.promise, [7, 8]));
      equal([a.bytesRead(handle, 100, 8), a.bytesCancelRead(handle)], [PENDING, COPY_CANCELLED]);
      first.resolve();
      await turn();
      const { b } = await asyncBuiltins(context);
      const stream = b.giveBytes(b.takeBytes(a.giveBytes(handle)));
      equal((await stream.read(8)).value?.[0], 7);
    },
  },
]);

async function* afterwards(gate: Promise<void>, items: readonly number[]): AsyncGenerator<number> {
  await gate;
  yield* items;
}
