import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { asyncFaults, BLOCKED, ends, polled, started, STATE, turn } from '../fixtures/async-faults.ts';
import { built } from '../fixtures/components.ts';
import { compile, instantiate } from '../index.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/**
 * Runs something many times, and returns by how many bytes the heap has grown for each: the least of some rounds,
 * because the platform itself keeps something now and then, such as compiled code.
 */
async function growth(times: number, run: () => unknown): Promise<number> {
  const loop = async (count: number): Promise<void> => {
    for (let i = 0; i < count; i += 1) {
      await run();
      if (i % 500 === 0) await turn();
    }
    await turn();
  };
  let least = Infinity;
  for (let round = 0; round < 4 && least >= OBJECT; round += 1) {
    collectGarbage();
    const before = process.memoryUsage().heapUsed;
    await loop(times);
    collectGarbage();
    least = Math.min(least, (process.memoryUsage().heapUsed - before) / times);
  }
  return least;
}

const immediate = (): Promise<void> => new Promise((done) => setImmediate(done));

interface Edges {
  idle(options?: { readonly signal: AbortSignal }): Promise<number>;
  sum(pair: { readonly a: number; readonly b: number }): Promise<number>;
  spin(times: number): Promise<number>;
}

/** What remains of each would be at least an object of this size. */
const OBJECT = 16;
const TASK_CANCELLED = 6;
const SUBTASK = 1;
const STREAM_READ = 2;
const STREAM_WRITE = 3;

/** Vitest keeps something of each of its own assertions. */
function check(found: number, expected: number): void {
  if (found !== expected) throw new RangeError(`expected ${expected}, got ${found}`);
}

describe.each(['compile', 'reference'] as const)('nothing is kept of what has ended (%s)', (engine) => {
  const edges = async (): Promise<Edges> =>
    instantiate<Edges>(await compile(await built('async-edges'), { engine }), { note: () => undefined });

  it('of tasks, whether they returned, were refused or were cancelled', async () => {
    const { idle, sum } = await edges();
    expect(await growth(20_000, () => sum({ a: 1, b: 2 }))).toBeLessThan(OBJECT);
    expect(await growth(20_000, () => sum({ a: 'one', b: 2 } as never).catch(() => undefined))).toBeLessThan(
      OBJECT,
    );
    const cancelled = (): Promise<unknown> => {
      const controller = new AbortController();
      const result = idle({ signal: controller.signal }).catch(() => undefined);
      controller.abort();
      return result;
    };
    expect(await growth(40_000, cancelled)).toBeLessThan(OBJECT);
  });

  it('of calls with a signal that lives on', async () => {
    const { b } = await asyncFaults(engine);
    const set = b.setNew();
    b.prepare(set, 3);
    const { signal } = new AbortController();
    const work = b.work as (n: number, options: { readonly signal: AbortSignal }) => Promise<number>;
    const waiting = (): Promise<number> => {
      b.prepare(set, 3);
      const result = work(1, { signal });
      b.prepare(set, 1);
      return result;
    };
    expect(await growth(40_000, waiting)).toBeLessThan(OBJECT);
  });

  it('of subtasks, whether they returned or were cancelled before or after they started', async () => {
    const { a, b } = await asyncFaults(engine, {}, { deadlock: 'wait' });
    const [own, set] = [b.setNew(), a.setNew()];
    b.prepare(own, 2);
    const beforeStart = (): void => {
      b.backpressureInc();
      const [, subtask] = started(a.ask(1, 64));
      check(a.subtaskCancel(subtask), STATE.cancelledBeforeStarted);
      a.subtaskDrop(subtask);
      b.backpressureDec();
    };
    expect(await growth(40_000, beforeStart)).toBeLessThan(OBJECT);
    const afterStart = (): void => {
      b.prepare(own, 0);
      const [, subtask] = started(a.ask(1, 64));
      b.prepare(own, 2);
      a.join(subtask, set);
      a.join(subtask, 0);
      check(a.subtaskCancel(subtask), STATE.cancelledBeforeReturned);
      a.subtaskDrop(subtask);
    };
    expect(await growth(40_000, afterStart)).toBeLessThan(OBJECT);
    expect(b.peek(0)).toBe(TASK_CANCELLED);
    const later = async (): Promise<void> => {
      b.prepare(own, 3);
      const [, subtask] = started(a.ask(1, 64));
      b.prepare(own, 1);
      a.join(subtask, set);
      for (let event = 0; event !== SUBTASK;) {
        await immediate();
        [event] = polled(a, set);
      }
      a.subtaskDrop(subtask);
    };
    expect(await growth(40_000, later)).toBeLessThan(OBJECT);
  });

  it('of streams, futures and waitable sets', async () => {
    const { b } = await asyncFaults(engine);
    const inside = (): void => {
      const [readable, writable] = ends(b.bytesNew());
      const once = b.setNew();
      b.join(readable, once);
      check(b.bytesRead(readable, 0, 4), BLOCKED);
      b.bytesWrite(writable, 16, 4);
      check(polled(b, once)[0], STREAM_READ);
      b.bytesDropReadable(readable);
      b.setDrop(once);
      b.bytesDropWritable(writable);
    };
    expect(await growth(40_000, inside)).toBeLessThan(OBJECT);
    const set = b.setNew();
    const throughHost = async (): Promise<void> => {
      const [readable, writable] = ends(b.bytesNew());
      const stream = b.giveBytes(readable);
      b.join(writable, set);
      b.bytesWrite(writable, 16, 4);
      await stream.read(4);
      check(polled(b, set)[0], STREAM_WRITE);
      await stream.return();
      b.bytesDropWritable(writable);
      b.bytesDropReadable(b.takeBytes([1, 2, 3]));
    };
    expect(await growth(40_000, throughHost)).toBeLessThan(OBJECT);
    const futures = async (): Promise<void> => {
      const [readable, writable] = ends(b.soonNew());
      const soon = b.giveSoon(readable);
      b.soonWrite(writable, 16);
      await soon;
      b.join(writable, set);
      while (polled(b, set)[0] === 0) await immediate();
      b.soonDropWritable(writable);
      b.soonDropReadable(b.takeSoon(new Promise<never>(() => undefined)));
    };
    expect(await growth(40_000, futures)).toBeLessThan(OBJECT);
  });

  it('of instances that failed while tasks were waiting, or were forgotten', async () => {
    const component = await compile(await built('async-edges'), { engine });
    const refs: WeakRef<Edges>[] = [];
    const make = async (fails: boolean): Promise<void> => {
      const guest = await instantiate<Edges>(component, { note: () => undefined }, { deadlock: 'wait' });
      void guest.idle().catch(() => undefined);
      if (fails) await (guest as unknown as { take(text: string): Promise<number> }).take('x').catch(() => 0);
      refs.push(new WeakRef(guest));
    };
    for (let i = 0; i < 20; i += 1) await make(i % 2 === 0);
    for (let i = 0; i < 10; i += 1) {
      await turn();
      collectGarbage();
    }
    expect(refs.filter((ref) => ref.deref() !== undefined)).toEqual([]);
  });

  it('of instances with built-ins for error contexts', async () => {
    const component = await compile(await built('waiting/guest'), { engine });
    const make = () => instantiate(component);
    await growth(200, make);
    // The code for a built-in alone would be more.
    expect(await growth(200, make)).toBeLessThan(1_000);
  });
});
