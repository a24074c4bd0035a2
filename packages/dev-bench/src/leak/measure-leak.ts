import { setImmediate } from 'node:timers/promises';
import { compile } from '@wit-ts/runtime';
import { testComponent } from '../test-component.ts';
import { LeakTestCalls } from './leak-test-calls.ts';

/** The memory of the process (in bytes) and the living resources after some calls and a garbage collection. */
interface Checkpoint {
  readonly calls: number;
  readonly heap: number;
  readonly external: number;
  readonly resident: number;
  readonly counters: number;
  readonly files: number;
}

/**
 * Makes `count` calls in ten parts and records the memory before the first part and after each part. Garbage is
 * collected only when Node runs with `--expose-gc`. One in a hundred guest objects is not disposed of, so the garbage
 * collector has to drop it.
 */
export async function measureLeak(count: number): Promise<readonly Checkpoint[]> {
  const [guest, resources] = await Promise.all(
    ['bench-guest/built/wat.wasm', 'resources/built/wat.wasm'].map(async (path) =>
      compile(await testComponent(path)),
    ),
  );
  const calls = new LeakTestCalls(guest!, resources!);
  for (let i = 0; i < 1000; i += 1) calls.makeRound(false);
  calls.count = 0;
  const checkpoints = [await checkpoint(calls)];
  for (let part = 1; part <= 10; part += 1) {
    for (let round = 0; calls.count < (count * part) / 10; round += 1) {
      calls.makeRound(round % 100 === 0);
      // Finalizers of forgotten objects run between two turns of the event loop.
      if (round % 1000 === 0) await setImmediate();
    }
    checkpoints.push(await checkpoint(calls));
  }
  return checkpoints;
}

async function checkpoint(calls: LeakTestCalls): Promise<Checkpoint> {
  for (let turn = 0; turn < 3; turn += 1) {
    globalThis.gc?.();
    await setImmediate();
  }
  const { heapUsed, external, rss } = process.memoryUsage();
  return { calls: calls.count, heap: heapUsed, external, resident: rss, ...calls.alive };
}
