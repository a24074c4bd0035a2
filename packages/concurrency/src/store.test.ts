import { ComponentInstance, type CoreFunction, type CoreValue, type HostFunction, Trap } from '@wit-ts/abi';
import { describe, expect, it } from 'vitest';
import {
  backpressure,
  CanonLift,
  immediateExport,
  lowerComponentFunction,
  promisedExport,
  Store,
  subtaskCancel,
  taskReturn,
  waitableSetNew,
} from './index.ts';
import { suspendedStacks } from './stack/stacks.ts';

/** Core code as functions of JavaScript, in two instances of one component. */
class Guests {
  readonly store = new Store({ deadlock: 'wait', stacks: suspendedStacks() });
  readonly #root = new ComponentInstance('the component');
  readonly caller = new ComponentInstance('caller', this.#root);
  readonly callee = new ComponentInstance('callee', this.#root);

  /** An asynchronous function of the callee. */
  lift(core: CoreFunction, callback: CoreFunction): CanonLift {
    return new CanonLift(this.store, {
      name: 'work',
      instance: this.callee,
      core,
      signature: { params: [], results: ['i32'] },
      callback,
      postReturn: undefined,
      isAsyncType: true,
      isAsync: true,
      mayBlock: false,
      returns: {},
    });
  }

  /** A function of the caller that the host calls. */
  run(core: CoreFunction): HostFunction {
    const lift = new CanonLift(this.store, {
      name: 'run',
      instance: this.caller,
      core,
      signature: { params: [], results: [] },
      callback: undefined,
      postReturn: undefined,
      isAsyncType: false,
      isAsync: false,
      mayBlock: false,
      returns: {},
    });
    return immediateExport(this.store, lift, { params: 0, isMethod: false }, VALUES);
  }
}

const VALUES = {
  arguments: () => [],
  result: ([value]: readonly CoreValue[]) => value,
  value: (value: unknown) => value,
};
const [EXIT, YIELD, WAIT] = [0, 1, 2];

describe('a store', () => {
  it('tells the function that trapped, and not the one that resumed its thread', () => {
    const guests = new Guests();
    const { store, caller, callee } = guests;
    const set = waitableSetNew(callee)() as number;
    const lift = guests.lift(
      () => (set << 4) | WAIT,
      () => {
        throw new RangeError('broken');
      },
    );
    const parts = { name: 'work', instance: caller, isAsync: true, dummy: 0 };
    const ask = lowerComponentFunction(store, parts, lift, { arguments: () => [], result: () => [] });
    const cancel = subtaskCancel(store, caller, true);
    const run = guests.run(() => cancel((ask() as number) >>> 4)) as () => unknown;
    expect(run).toThrow(Trap);
    expect(store.failure?.message).toContain('broken (running `work` of callee)');
    expect(run).toThrow('it failed before');
  });

  it('lets tasks enter in the order of their calls, each when the one before it has freed the lock', async () => {
    const guests = new Guests();
    const events: string[] = [];
    const finish = taskReturn(guests.store, guests.callee, () => undefined);
    let count = 0;
    let running = 0;
    const lift = guests.lift(
      () => {
        running += 1;
        expect(running).toBe(1);
        events.push(`enters ${(count += 1)}`);
        running -= 1;
        return YIELD;
      },
      () => {
        events.push('goes on');
        finish(7);
        return EXIT;
      },
    );
    const call = promisedExport(
      guests.store,
      lift,
      { params: 0, isMethod: false, hasOptions: false },
      VALUES,
    );
    const close = backpressure(guests.store, guests.callee, 1);
    const open = backpressure(guests.store, guests.callee, -1);
    close();
    const calls = [1, 2, 3].map(() => (call as () => Promise<number>)());
    await new Promise((done) => setTimeout(done));
    expect(events).toEqual([]);
    open();
    expect(await Promise.all(calls)).toEqual([7, 7, 7]);
    expect(events.filter((each) => each !== 'goes on')).toEqual(['enters 1', 'enters 2', 'enters 3']);
    expect(events).toHaveLength(6);
  });
});
