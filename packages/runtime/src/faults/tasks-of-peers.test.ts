import { describe, expect, it, vi } from 'vitest';
import { asyncFaults, BLOCKED, ends, polled, started, STATE, Thing, turn } from '../fixtures/async-faults.ts';
import { built } from '../fixtures/components.ts';
import { compile, instantiate, Trap } from '../index.ts';

const SUBTASK = 1;
const TASK_CANCELLED = 6;

/** What a task of `work` or `hold` does when something happens: see the guest. */
const [WAIT, RETURN, CANCEL] = [0, 1, 2];

/** Faults of other runtimes with tasks. Each name says what is right. */
describe.each(['compile', 'reference'] as const)('a task or subtask (%s)', (engine) => {
  it('that returns at once is RETURNED without a handle, and its result is stored', async () => {
    const asked: number[] = [];
    const { b } = await asyncFaults(engine, {
      ask(n: number) {
        asked.push(n);
        return n + 1;
      },
    });
    expect(b.ask(1000, 64)).toBe(STATE.returned);
    expect(b.peek(64)).toBe(1001);
    expect(asked).toEqual([1000]);
  });

  it('of a host that answers later gets an event', async () => {
    const { b } = await asyncFaults(engine, { ask: async (n: number) => n * 2 });
    const [state, subtask] = started(b.ask(21, 64));
    expect(state).toBe(STATE.started);
    const set = b.setNew();
    b.join(subtask, set);
    await turn();
    expect(polled(b, set)).toEqual([SUBTASK, subtask, STATE.returned]);
    expect(b.peek(64)).toBe(42);
    b.subtaskDrop(subtask);
  });

  it('calls a host that answers at once with the synchronous ABI', async () => {
    const { b } = await asyncFaults(engine, { ask: (n: number) => n + 5 });
    expect(await b.askSync(1)).toBe(6);
  });

  it('does not get a made-up success when the host rejects', async () => {
    const component = await compile(await built('jco-hosts'), { engine });
    const cause = new Error('unreachable server');
    const guest = await instantiate<{ ask(n: number): Promise<number> }>(component, {
      'example:jco-hosts/host': hostOf({ ask: () => Promise.reject(cause) }),
    });
    const error: unknown = await guest.ask(1).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(Trap);
    expect((error as Trap).cause).toBe(cause);
  });

  it('rejects when the host rejects with an error that the WIT does not have', async () => {
    const component = await compile(await built('jco-hosts'), { engine });
    const guest = await instantiate<{ ask(n: number): Promise<number> }>(component, {
      'example:jco-hosts/host': hostOf({
        ask: () => Promise.reject(Object.assign(new Error('x'), { payload: 404 })),
      }),
    });
    await expect(guest.ask(1)).rejects.toThrow(TypeError);
  });

  it('waits without a timer', async () => {
    const interval = vi.spyOn(globalThis, 'setInterval');
    const { b } = await asyncFaults(engine, {}, { deadlock: 'wait' });
    const { finish, result } = waiting(b);
    await turn();
    finish(RETURN);
    expect(await result).toBe(42);
    expect(interval).not.toHaveBeenCalled();
    interval.mockRestore();
  });

  it('traps when backpressure falls below zero', async () => {
    const { b } = await asyncFaults(engine);
    b.backpressureInc();
    b.backpressureDec();
    expect(() => b.backpressureDec()).toThrow(Trap);
  });

  it('can be cancelled by a later task of its caller', async () => {
    const { a, b } = await asyncFaults(engine);
    b.prepare(b.setNew(), WAIT);
    const [state, subtask] = started(a.ask(1, 64));
    expect(state).toBe(STATE.started);
    await turn();
    b.prepare(0, CANCEL);
    expect(a.subtaskCancel(subtask)).toBe(STATE.cancelledBeforeReturned);
    expect(b.peek(0)).toBe(TASK_CANCELLED);
    a.subtaskDrop(subtask);
  });

  it('never starts after it was cancelled while it was waiting to start', async () => {
    const { a, b } = await asyncFaults(engine);
    b.poke(12, 0);
    b.prepare(0, RETURN);
    b.backpressureInc();
    const [state, subtask] = started(a.ask(7, 64));
    expect(state).toBe(STATE.starting);
    expect(a.subtaskCancel(subtask)).toBe(STATE.cancelledBeforeStarted);
    a.subtaskDrop(subtask);
    b.backpressureDec();
    await turn();
    expect(b.peek(12)).toBe(0);
    expect(await b.work(8)).toBe(42);
    expect(b.peek(12)).toBe(8);
  });

  it('can be cancelled among others that wait to start, which then start', async () => {
    const { a, b } = await asyncFaults(engine);
    b.prepare(0, RETURN);
    b.backpressureInc();
    const calls = [1, 2, 3].map((n) => started(a.ask(n, 64 + 4 * n)));
    expect(calls.map(([state]) => state)).toEqual([STATE.starting, STATE.starting, STATE.starting]);
    const [[, first = 0] = [], [, second = 0] = [], [, third = 0] = []] = calls;
    expect(a.subtaskCancel(second)).toBe(STATE.cancelledBeforeStarted);
    a.subtaskDrop(second);
    b.backpressureDec();
    await turn();
    const set = a.setNew();
    for (const subtask of [first, third]) {
      a.join(subtask, set);
      expect(polled(a, set)).toEqual([SUBTASK, subtask, STATE.returned]);
    }
    expect([68, 72, 76].map((at) => a.peek(at))).toEqual([42, 0, 42]);
  });

  it('of the host does not store a result that comes after it was cancelled', async () => {
    const answer = Promise.withResolvers<number>();
    const { b } = await asyncFaults(engine, { ask: () => answer.promise });
    const [, subtask] = started(b.ask(1, 64));
    b.poke(64, 5);
    expect(b.subtaskCancel(subtask)).toBe(STATE.cancelledBeforeReturned);
    b.subtaskDrop(subtask);
    answer.resolve(42);
    await turn();
    expect(b.peek(64)).toBe(5);
  });

  it('that waits in a way that cannot be cancelled goes on after its cancellation', async () => {
    const answer = Promise.withResolvers<number>();
    const { b } = await asyncFaults(engine, { ask: () => answer.promise });
    const controller = new AbortController();
    const result = b.askSync(1, { signal: controller.signal });
    await turn();
    controller.abort();
    await turn();
    answer.resolve(5);
    expect(await result).toBe(5);
  });

  it('traps when it is cancelled synchronously in a waitable set', async () => {
    const { b } = await asyncFaults(engine, { ask: () => new Promise(() => {}) });
    const [, subtask] = started(b.ask(1, 64));
    b.join(subtask, b.setNew());
    expect(() => b.subtaskCancelSync(subtask)).toThrow(Trap);
  });

  it('can return when another task has dropped the borrow that came with it', async () => {
    const { b } = await asyncFaults(engine);
    const { finish, result } = waiting(b, (set) => {
      b.prepare(set, WAIT);
      return b.hold(new Thing());
    });
    b.thingDrop(b.peek(12));
    finish(RETURN);
    await result;
  });

  it('keeps its borrow when another task ends', async () => {
    const { b } = await asyncFaults(engine);
    const hold = (set: number): Promise<void> => {
      b.prepare(set, WAIT);
      return b.hold(new Thing());
    };
    const one = waiting(b, hold);
    const first = b.peek(12);
    const two = waiting(b, hold);
    const second = b.peek(12);
    b.thingDrop(first);
    one.finish(RETURN);
    await one.result;
    b.thingDrop(second);
    two.finish(RETURN);
    await two.result;
  });

  it('traps when it returns with its borrow', async () => {
    const { b } = await asyncFaults(engine);
    const { finish, result } = waiting(b, (set) => {
      b.prepare(set, WAIT);
      return b.hold(new Thing());
    });
    finish(RETURN);
    await expect(result).rejects.toThrow(Trap);
  });

  it('has context slots that a late realloc does not see', async () => {
    const host = { pair: () => [[], Promise.resolve({ tag: 'err', val: 'text' })] };
    const { b } = await asyncFaults(engine, host, { deadlock: 'wait' });
    const { finish, result } = waiting(b);
    b.poke(20, 77);
    b.pair(200);
    if (b.endRead(b.peek(204), 300) === BLOCKED) await turn();
    expect(b.peek(20)).toBe(0);
    // The callback takes its set out of the slot.
    finish(WAIT);
    await turn();
    finish(RETURN);
    expect(await result).toBe(42);
  });
});

/**
 * Calls `work`, or another function that waits with the set that it is given, and returns a function that wakes the
 * task. Each wake-up completes a future in the set.
 */
function waiting<Result = number>(
  guest: Awaited<ReturnType<typeof asyncFaults>>['b'],
  call?: (set: number) => Promise<Result>,
): { readonly result: Promise<Result | number>; finish(action: number): void } {
  const set = guest.setNew();
  const futures = [ends(guest.soonNew()), ends(guest.soonNew())];
  for (const [readable] of futures) {
    guest.join(readable, set);
    guest.soonRead(readable, 512);
  }
  guest.prepare(set, WAIT);
  const result = call === undefined ? guest.work(1) : call(set);
  // A test looks at the rejection later.
  result.catch(() => {});
  return {
    result,
    finish(action) {
      guest.prepare(set, action);
      const [, writable = 0] = futures.shift() ?? [];
      guest.soonWrite(writable, 512);
    },
  };
}

function hostOf(given: object): object {
  const names = ['source', 'words', 'pair', 'soon', 'later', 'ask', 'sink', 'awaitBoth'];
  return { ...Object.fromEntries(names.map((name) => [name, () => undefined])), ...given };
}
