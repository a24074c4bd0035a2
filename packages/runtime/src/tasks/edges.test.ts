import { describe, expect, it } from 'vitest';
import { asyncFaults, polled, started, STATE, turn } from '../fixtures/async-faults.ts';
import { built } from '../fixtures/components.ts';
import { compile, instantiate, Trap } from '../index.ts';

interface Options {
  readonly signal?: AbortSignal;
}

/** The component in `test-components/async-edges`. */
interface Edges {
  readonly Thing: new (bad: number) => Disposable;
  spin(times: number): Promise<number>;
  idle(options?: Options): Promise<number>;
  sum(pair: { readonly a: number; readonly b: number }, options?: Options): Promise<number>;
  take(text: string): Promise<number>;
  threads(count: number): void;
  pressure(): void;
  relief(): void;
}

const SUBTASK = 1;

const nothing = (): void => undefined;

describe.each(['compile', 'reference'] as const)('tasks at the edges (%s)', (engine) => {
  const made = async (note: () => void = nothing, options: object = {}): Promise<Edges> =>
    instantiate<Edges>(await compile(await built('async-edges'), { engine }), { note }, options);

  it('never lack an event, and need neither the end of the stack nor all of the event loop', async () => {
    const { spin } = await made();
    let isTold = false;
    setTimeout(() => (isTold = true));
    expect(await spin(100_000)).toBe(7);
    expect(isTold).toBe(true);
  });

  it('that wait to enter are woken although the one before them is cancelled in the same turn', async () => {
    const { a, b } = await asyncFaults(engine, {}, { deadlock: 'wait' });
    b.prepare(b.setNew(), 1);
    b.backpressureInc();
    const [state, first] = started(a.ask(1, 64));
    const [, second] = started(a.ask(2, 72));
    expect(state).toBe(STATE.starting);
    const set = a.setNew();
    a.join(second, set);
    b.backpressureDec();
    expect(a.subtaskCancel(first)).toBe(STATE.cancelledBeforeStarted);
    await turn();
    expect(polled(a, set)).toEqual([SUBTASK, second, STATE.returned]);
    expect(a.peek(72)).toBe(42);
  });

  describe('called with a signal', () => {
    it('are cancelled when it is aborted', async () => {
      const controller = new AbortController();
      const { idle } = await made();
      const result = idle({ signal: controller.signal });
      await turn();
      controller.abort(new RangeError('enough'));
      await expect(result).rejects.toThrow('enough');
    });

    it('are cancelled when a function of the host aborts it that they call', async () => {
      const controller = new AbortController();
      const { idle } = await made(() => controller.abort(new RangeError('at once')));
      await expect(idle({ signal: controller.signal })).rejects.toThrow('at once');
    });

    it('are cancelled when another call is running that aborts it', async () => {
      const controller = new AbortController();
      let abort = nothing;
      const { idle } = await made(() => abort());
      const first = idle({ signal: controller.signal });
      await turn();
      abort = () => controller.abort(new RangeError('from another call'));
      const second = new AbortController();
      const other = idle({ signal: second.signal });
      await expect(first).rejects.toThrow('from another call');
      second.abort(new RangeError('the other'));
      await expect(other).rejects.toThrow('the other');
    });

    it('wait for nothing else, which is no deadlock until the signal is aborted', async () => {
      const { idle, sum } = await made();
      const controller = new AbortController();
      const result = idle({ signal: controller.signal });
      await turn();
      await turn();
      expect(await sum({ a: 1, b: 2 })).toBe(3);
      controller.abort(new RangeError('later'));
      await expect(result).rejects.toThrow('later');
      await expect(idle()).rejects.toThrow('deadlock detected');
    });
  });

  it('have arguments whose getters may fail, and call the component', async () => {
    const guest = await made();
    const broken = {
      a: 1,
      get b(): number {
        throw new RangeError('no such property');
      },
    };
    await expect(guest.sum(broken)).rejects.toThrow('no such property');
    const entering = {
      a: 1,
      get b(): number {
        guest.pressure();
        return 2;
      },
    };
    await expect(guest.sum(entering)).rejects.toThrow('cannot enter component instance');
    expect(await guest.sum({ a: 20, b: 22 })).toBe(42);
  });

  it('whose arguments do not fit give the lock to the next', async () => {
    const guest = await made(undefined, { deadlock: 'wait' });
    guest.pressure();
    const results = [{ a: 1, b: 2 }, { a: 'one', b: 2 } as never, { a: 3, b: 4 }].map((pair) =>
      guest.sum(pair).catch((error: unknown) => error),
    );
    await turn();
    guest.relief();
    const [first, second, third] = await Promise.all(results);
    expect([first, third]).toEqual([3, 7]);
    expect(second).toBeInstanceOf(TypeError);
  });

  it('end with a trap when realloc traps, and so do all others', async () => {
    const { take, idle } = await made(undefined, { deadlock: 'wait' });
    const waiting = idle().catch((error: unknown) => error);
    const error: unknown = await take('text').catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(Trap);
    expect((error as Trap).message).toContain('unreachable');
    expect(await waiting).toBe(error);
  });

  it('end when the host drops a resource whose destructor traps', async () => {
    const { Thing, idle, sum } = await made(undefined, { deadlock: 'wait' });
    new Thing(0)[Symbol.dispose]();
    const waiting = idle().catch((error: unknown) => error);
    const thing = new Thing(1);
    let error: unknown;
    try {
      thing[Symbol.dispose]();
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(Trap);
    expect(await waiting).toBe(error);
    await expect(sum({ a: 1, b: 2 })).rejects.toThrow('it failed before');
  });

  it('have no more threads than `limits.handles` allows', async () => {
    const { threads } = await made(undefined, { limits: { handles: 100 } });
    expect(() => threads(100_000)).toThrow(/holds? 100 handles/u);
  });
});
