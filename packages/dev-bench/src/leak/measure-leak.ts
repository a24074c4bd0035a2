import { setImmediate } from 'node:timers/promises';
import { compile } from '@wit-ts/runtime';
import { testComponent } from '../guest.ts';
import { Calls } from './calls.ts';

/** The state of the process between two parts of the calls, after garbage was collected. */
export interface Checkpoint {
  readonly calls: number;
  /** Bytes. */
  readonly heap: number;
  readonly external: number;
  readonly resident: number;
  readonly counters: number;
  readonly files: number;
}

/**
 * Makes that many calls, in ten parts, and looks at the memory after each. Garbage is collected where the process was started
 * with `--expose-gc`. One in a hundred objects of the guest is forgotten and not disposed of.
 */
export async function measureLeak(count: number): Promise<readonly Checkpoint[]> {
  const [guest, resources] = await Promise.all(
    ['bench-guest/built/wat.wasm', 'resources/built/wat.wasm'].map(async (path) =>
      compile(await testComponent(path)),
    ),
  );
  const calls = new Calls(guest!, resources!);
  for (let i = 0; i < 1000; i += 1) calls.round(false);
  calls.count = 0;
  const checkpoints = [await checkpoint(calls)];
  for (let part = 1; part <= 10; part += 1) {
    for (let round = 0; calls.count < (count * part) / 10; round += 1) {
      calls.round(round % 100 === 0);
      // What was forgotten is dropped between two turns.
      if (round % 1000 === 0) await setImmediate();
    }
    checkpoints.push(await checkpoint(calls));
  }
  return checkpoints;
}

async function checkpoint(calls: Calls): Promise<Checkpoint> {
  for (let turn = 0; turn < 3; turn += 1) {
    globalThis.gc?.();
    await setImmediate();
  }
  const { heapUsed, external, rss } = process.memoryUsage();
  return { calls: calls.count, heap: heapUsed, external, resident: rss, ...calls.alive };
}
