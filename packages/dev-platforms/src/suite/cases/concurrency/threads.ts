import { equal, throws } from '../../expect.ts';
import { asyncPlatforms } from '../../guests/async-platforms.ts';
import { concurrencyGroup } from './concurrency-group.ts';

/** The threads of the guest write decimal digits, in the order in which they run. */
export const threads = concurrencyGroup('threads', [
  {
    name: 'a thread returns after the first thread of the task has ended',
    run: async (context) => {
      const { inner } = await asyncPlatforms(context);
      equal(await Promise.all([inner.returnInThread(7), inner.returnInThread(8)]), [7, 8]);
    },
  },
  {
    name: 'a synchronous function runs other threads until it can continue',
    run: async (context) => {
      const { inner } = await asyncPlatforms(context);
      equal([inner.suspendSynchronously(), inner.switchSynchronously()], [12, 34]);
    },
  },
  {
    name: 'a synchronous function traps when no other thread can run',
    run: async (context) => {
      const { inner } = await asyncPlatforms(context);
      await throws(
        () => inner.noThreadResumesSynchronously(),
        'Trap',
        /cannot block a synchronous task before returning/u,
      );
    },
  },
  {
    name: 'thread.suspend and thread.resume-later',
    suspends: true,
    run: async (context) => {
      const { inner } = await asyncPlatforms(context);
      equal(await inner.suspendUntilWoken(), 12);
    },
  },
  {
    name: 'thread.suspend-then-resume',
    suspends: true,
    run: async (context) => {
      const { inner } = await asyncPlatforms(context);
      equal(await inner.switchToThread(), 34);
    },
  },
  {
    name: 'thread.yield-then-resume',
    suspends: true,
    run: async (context) => {
      const { inner } = await asyncPlatforms(context);
      equal(await inner.yieldToThread(), 56);
    },
  },
  {
    name: 'thread.yield-then-promote and thread.suspend-then-promote',
    suspends: true,
    run: async (context) => {
      const { inner } = await asyncPlatforms(context);
      const written = String(await inner.promoteThread());
      equal([written[0], written.at(-1), written.length], ['2', '3', 3]);
    },
  },
  {
    name: 'two threads that yield',
    run: async (context) => {
      const { inner } = await asyncPlatforms(context);
      // With suspended stacks the threads alternate; without them the first one may go on.
      const written = await inner.alternate();
      equal([1728, 78].includes(written), true, String(written));
    },
  },
  {
    name: 'a hundred threads, one after another',
    suspends: true,
    run: async (context) => {
      const { inner } = await asyncPlatforms(context);
      equal(await inner.countThreads(100), 100);
    },
  },
  {
    name: 'a suspended thread that nothing resumes is a deadlock',
    suspends: true,
    run: async (context) => {
      const { inner } = await asyncPlatforms(context);
      const error = await inner.noThreadResumes().catch((reason: unknown) => reason as Error);
      if (!(error instanceof Error)) throw new TypeError(`returned ${error}`);
      if (!error.message.includes('deadlock detected')) throw error;
      equal(
        /`inner#no-thread-resumes` of the component › inner waits/u.test(error.message),
        true,
        error.message,
      );
    },
  },
]);
