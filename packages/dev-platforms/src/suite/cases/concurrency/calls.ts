import { equal, throws } from '../../expect.ts';
import { asyncBench } from '../../guests/async-bench.ts';
import { asyncPlatforms } from '../../guests/async-platforms.ts';
import { later } from '../../guests/later.ts';
import { concurrencyGroup } from './concurrency-group.ts';

interface Tasks {
  now(a: number): Promise<number>;
  later(times: number): Promise<number>;
  check(a: number): Promise<number>;
  never(): Promise<void>;
  wait(): Promise<void>;
  askSync(a: number): Promise<number>;
  askAsync(a: number): Promise<number>;
  context(): number;
}

const ask = (a: number): number => a;

export const calls = concurrencyGroup('calls', [
  {
    name: 'an export answers at once',
    run: async (context) => {
      const { now, check, context: slot } = await context.instance<Tasks>('tasks', { ask });
      equal(now(1) instanceof Promise, true);
      equal([await now(41), await check(5)], [42, 5]);
      equal([slot(), slot()], [0, 42]);
      const error = await throws(() => check(0), 'ComponentError', /refused/u);
      equal([context.isOfClass(error, 'ComponentError'), error['payload']], [true, 'refused']);
      await throws(() => check(-1), 'TypeError', /argument a: expected u32, got -1/u);
    },
  },
  {
    name: 'a callback yields',
    run: async (context) => {
      const tasks = await context.instance<Tasks>('tasks', { ask });
      equal([await tasks.later(3), await tasks.later(1000)], [7, 7]);
      const { producer } = await asyncBench(context);
      equal(await Promise.all([producer.yield(3), producer.yield(700)]), [3, 700]);
    },
  },
  {
    name: 'an import answers at once',
    run: async (context) => {
      const { askSync, askAsync } = await context.instance<Tasks>('tasks', { ask });
      equal([await askSync(1), await askAsync(2)], [1, 2]);
      const { consumer } = await asyncBench(context);
      equal(await consumer.callHostNow(20), 20);
    },
  },
  {
    name: 'a callback waits for an import',
    run: async (context) => {
      const { consumer } = await asyncBench(context);
      equal([await consumer.wait(4), await consumer.callHostLater(20)], [5, 20]);
    },
  },
  {
    name: 'a hundred tasks wait at the same time',
    run: async (context) => {
      const waiting: (() => void)[] = [];
      const hold = (a: number): Promise<number> => {
        const { promise, resolve } = Promise.withResolvers<number>();
        waiting.push(() => resolve(a));
        if (waiting.length === 100) for (const each of waiting.toReversed()) each();
        return promise;
      };
      const { consumer } = await asyncBench(context, { hold });
      const numbers = Array.from({ length: 100 }, (_, index) => index);
      equal(await Promise.all(numbers.map((number) => consumer.hold(number))), numbers);
    },
  },
  {
    name: 'a stackful task, a task that waits inside, and a synchronous call, if the host answers at once',
    run: async (context) => {
      const { inner } = await asyncPlatforms(context);
      equal([await inner.askStackful(1), await inner.askCallback(2), await inner.askBlocking(3)], [2, 3, 4]);
    },
  },
  {
    name: 'a stackful task waits',
    suspends: true,
    run: async (context) => {
      const { inner } = await asyncPlatforms(context, (n) => later(n * 2));
      equal(await inner.askStackful(21), 42);
      equal(await Promise.all([inner.askStackful(1), inner.askStackful(2)]), [2, 4]);
    },
  },
  {
    name: 'a callback task waits inside its function',
    suspends: true,
    run: async (context) => {
      const { inner } = await asyncPlatforms(context, later);
      equal(await inner.askCallback(7), 7);
    },
  },
  {
    name: 'a synchronous call of an asynchronous import waits',
    suspends: true,
    run: async (context) => {
      const { blocker } = await asyncBench(context);
      equal(await blocker.wait(1), 2);
    },
  },
  {
    name: 'fifty stacks wait at the same time',
    suspends: true,
    run: async (context) => {
      const { inner } = await asyncPlatforms(context, later);
      const numbers = Array.from({ length: 50 }, (_, index) => index);
      equal(await Promise.all(numbers.map((number) => inner.askStackful(number))), numbers);
    },
  },
  {
    name: 'the promise of an import is rejected',
    run: async (context) => {
      const reason = new Error('no answer');
      const { consumer } = await asyncBench(context, { later: () => Promise.reject(reason) });
      const error = await throws(() => consumer.wait(1), 'Trap', /later: .* rejected: no answer/u);
      equal(error.cause === reason, true);
      await throws(() => consumer.callNow(1), 'Trap', /cannot enter component instance/u);
    },
  },
  {
    name: 'a task breaks a rule',
    run: async (context) => {
      const one = await context.instance<Tasks>('tasks', { ask });
      await throws(() => one.never(), 'Trap', /the task ended without `task.return`/u);
      await throws(() => one.now(1), 'Trap', /cannot enter component instance/u);
      const other = await context.instance<Tasks>('tasks', { ask });
      await throws(() => other.wait(), 'Trap', /unknown handle index 0/u);
    },
  },
]);
