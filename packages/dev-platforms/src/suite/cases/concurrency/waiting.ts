import { equal, throws } from '../../expect.ts';
import { asyncBuiltins, ends, polled } from '../../guests/async-faults.ts';
import { asyncPlatforms } from '../../guests/async-platforms.ts';
import { later, turn } from '../../guests/later.ts';
import { concurrencyGroup } from './concurrency-group.ts';

interface Tasks {
  now(a: number): Promise<number>;
  hold(): void;
}

/** More yields than a platform makes in the time of the test. */
const FOR_EVER = 2 ** 31 - 1;

export const waiting = concurrencyGroup('waiting', [
  {
    name: 'backpressure',
    run: async (context) => {
      const { b } = await asyncBuiltins(context);
      b.prepare(0, 1);
      b.poke(12, 0);
      b.backpressureInc();
      const calls = [b.work(1), b.work(2)];
      await Promise.resolve();
      equal(b.peek(12), 0);
      // The calls count as stuck after one turn of the event loop, so the host ends the backpressure before that.
      b.backpressureDec();
      equal(await Promise.all(calls), [42, 42]);
      equal(b.peek(12), 2);
    },
  },
  {
    name: 'a deadlock traps and says who waits for what',
    run: async (context) => {
      const { hold, now } = await context.instance<Tasks>('tasks', { ask: (a: number) => a });
      hold();
      await throws(
        () => now(1),
        'Trap',
        /^deadlock detected: [^]*`now` of the component › inner waits; task 1 .* waits for its turn to enter/u,
      );
    },
  },
  {
    name: 'a deadlock with the option to wait',
    run: async (context) => {
      const { hold, now } = await context.instance<Tasks>(
        'tasks',
        { ask: (a: number) => a },
        { deadlock: 'wait' },
      );
      hold();
      const ended = now(1).then(
        () => 'returned',
        () => 'failed',
      );
      equal(await Promise.race([ended, turn().then(turn)]), undefined);
    },
  },
  {
    name: 'timers of the host run while a guest yields for ever',
    run: async (context) => {
      const { inner } = await asyncPlatforms(context);
      setTimeout(() => inner.stop(), 3);
      const times = await inner.spin(FOR_EVER);
      equal(times > 0 && times < FOR_EVER, true, `${times} yields`);
    },
  },
  {
    name: 'a waitable set: join, poll, leave',
    run: async (context) => {
      const { a } = await asyncBuiltins(context);
      const [readable, writable] = ends(a.bytesNew());
      const [set, other] = [a.setNew(), a.setNew()];
      a.bytesRead(readable, 100, 4);
      a.join(readable, set);
      equal(polled(a, set), [0, 0, 0]);
      a.bytesWrite(writable, 200, 2);
      a.join(readable, other);
      equal([polled(a, set)[0], polled(a, other)], [0, [2, readable, 2 * 16]]);
      a.join(readable, 0);
      equal(polled(a, other)[0], 0);
    },
  },
  {
    name: 'a task holds the exclusive lock while it waits; a synchronous function does not ask for it',
    suspends: true,
    run: async (context) => {
      const answer = Promise.withResolvers<number>();
      const log: string[] = [];
      const { inner } = await asyncPlatforms(context, () => answer.promise);
      const locked = inner.askBlocking(1).then((n) => log.push(`asked ${n}`));
      const second = inner.spin(1).then(() => log.push('spun'));
      second.catch(() => undefined);
      // The first call traps at once on a platform that cannot suspend stacks.
      await Promise.race([locked, turn()]);
      equal([inner.counted(), ...log], [0]);
      answer.resolve(3);
      await Promise.all([locked, second]);
      equal(log, ['asked 3', 'spun']);
    },
  },
  {
    name: 'a stackful task yields until a timer of the host stops it',
    suspends: true,
    run: async (context) => {
      const { inner } = await asyncPlatforms(context, later);
      // Without a suspended stack the task would yield for ever, so it waits first.
      await inner.askStackful(1);
      setTimeout(() => inner.stop(), 3);
      const times = await inner.spinStackful(FOR_EVER);
      equal(times > 0 && times < FOR_EVER, true, `${times} yields`);
    },
  },
  {
    name: 'a stackful task that yields a thousand times',
    run: async (context) => {
      const { inner } = await asyncPlatforms(context);
      equal(await inner.spinStackful(1000), 1000);
    },
  },
]);
