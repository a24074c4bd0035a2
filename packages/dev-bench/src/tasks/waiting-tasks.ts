import { setImmediate } from 'node:timers/promises';
import type { AsyncGuest, AsyncHost } from '../guests/async-guest.ts';

/** The memory of each of many calls that wait at the same time, in bytes. */
interface WaitingTasks {
  /** Objects of JavaScript. */
  readonly heap: number;
  /** The whole process, which includes suspended stacks. */
  readonly resident: number;
  /** What is left of the heap after all calls have returned. */
  readonly left: number;
}

/**
 * Starts `count` calls that wait for the host, measures them, and lets them return.
 *
 * @param start starts one call
 * @param makeGuest makes a new guest with the given host
 */
export async function measureWaitingTasks(
  count: number,
  makeGuest: (host: AsyncHost) => Promise<AsyncGuest>,
  start: (guest: AsyncGuest) => Promise<number>,
): Promise<WaitingTasks> {
  let release: (() => void)[] = [];
  const wait = (a: number): Promise<number> =>
    new Promise((resolve) => {
      release.push(() => resolve(a));
    });
  const guest = await makeGuest({ now: wait, later: wait, hold: wait });
  const run = async (tasks: number): Promise<NodeJS.MemoryUsage> => {
    const calls = Array.from({ length: tasks }, () => start(guest));
    await setImmediate();
    if (release.length !== tasks) throw new Error(`${release.length} of ${tasks} calls reached the host`);
    const memory = await memoryAfterCollection();
    for (const go of release) go();
    release = [];
    await Promise.all(calls);
    return memory;
  };
  await run(10);
  const before = await memoryAfterCollection();
  const during = await run(count);
  const after = await memoryAfterCollection();
  return {
    heap: (during.heapUsed - before.heapUsed) / count,
    resident: (during.rss - before.rss) / count,
    left: after.heapUsed - before.heapUsed,
  };
}

/** Collects garbage if Node runs with `--expose-gc`. */
export async function memoryAfterCollection(): Promise<NodeJS.MemoryUsage> {
  for (let turn = 0; turn < 3; turn += 1) {
    globalThis.gc?.();
    await setImmediate();
  }
  return process.memoryUsage();
}
