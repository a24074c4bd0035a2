import type { Type } from '@wit-ts/model';
import { describe, expect, it } from 'vitest';
import type { Engine } from './engine.ts';
import { engines } from './fixtures/engines.ts';
import { fuse, within } from './fixtures/fuse.ts';
import { Guest, lift } from './fixtures/guest.ts';
import { list } from './fixtures/lying-values.ts';
import { record } from './fixtures/values.ts';
import { ComponentInstance } from './instance.ts';

/** How many depths near the end of the stack are tried. Each is a few hundred bytes further from the end. */
const DEPTHS = 300;

/** Runs each function once, the first at the end of the stack and each other one frame further from it. */
function runAtTheEnd(functions: readonly (() => unknown)[]): void {
  let next = 0;
  const dive = (): void => {
    try {
      dive();
    } catch {
      // The end is reached.
    }
    const run = functions[next];
    next += 1;
    try {
      run?.();
    } catch {
      // Most of them fail here.
    }
  };
  dive();
  expect(next).toBeGreaterThan(functions.length);
}

/** Expects that every instance is usable or has failed, and that both happened. */
function expectSettled(instances: readonly ComponentInstance[], call: (index: number) => unknown): void {
  let usable = 0;
  for (const [index, instance] of instances.entries()) {
    if (instance.failure === undefined) {
      expect([index, instance.mayEnter]).toEqual([index, true]);
      call(index);
      usable += 1;
    } else {
      expect(() => call(index)).toThrow('it failed before');
    }
  }
  expect(usable).toBeGreaterThan(0);
}

const person = list(record({ name: 'string', age: 'u32' }));

describe.each(engines)('a call at the end of the stack (%s)', (_, engine: Engine) => {
  it.each<[string, Type | undefined, Type | undefined, unknown]>([
    ['without values', undefined, undefined, undefined],
    ['with a string', 'string', undefined, 'hello, world, hello, world'],
    ['with a list', person, 'string', [{ name: 'Ada', age: 36 }]],
    ['with a value that does not fit', person, undefined, [{ name: 'Ada', age: '36' }]],
    ['with a result', undefined, { kind: { tag: 'result', err: 'string' } }, undefined],
  ])('leaves the instance usable or failed, never running: %s', (_name, param, result, value) => {
    for (const parent of [undefined, new ComponentInstance('outer')]) {
      const guests = Array.from({ length: DEPTHS }, () => {
        const outer = parent && new ComponentInstance('outer');
        return within(new ComponentInstance('inner', outer));
      });
      const calls = guests.map((guest) => {
        guest.bytes.set([1, 0, 0, 0, 0, 0, 0, 0, 0], 128);
        const core = (): unknown => (result === undefined ? undefined : 128);
        const type = {
          params: param === undefined ? [] : [{ name: 'it', type: param }],
          ...(result && { result }),
        };
        const lifted = lift(engine, type, core, { guest, postReturn: () => undefined });
        return () => (param === undefined ? lifted() : lifted(value));
      });
      runAtTheEnd(calls);
      expectSettled(
        guests.map(({ instance }) => instance),
        (index) => {
          try {
            return calls[index]!();
          } catch (error) {
            if (error instanceof Error && /failed before|is running/u.test(error.message)) throw error;
            return undefined;
          }
        },
      );
    }
  });

  it('leaves a component that another one calls usable or failed, never running', () => {
    for (const [type, core] of [
      [undefined, []],
      ['string', [128, 5]],
    ] as const) {
      const guests = Array.from(
        { length: DEPTHS },
        () => [new Guest(), within(new ComponentInstance('callee'))] as const,
      );
      const params = type === undefined ? [] : [type];
      const calls = guests.map(([caller, callee]) => {
        const call = fuse(engine, params, undefined, () => undefined, {
          caller,
          callee,
          postReturn: () => undefined,
        });
        return () => call(...core);
      });
      runAtTheEnd(calls);
      const callees = guests.map(([, { instance }]) => instance);
      expectSettled(callees, (index) => {
        const caller = new Guest();
        const again = fuse(engine, params, undefined, () => undefined, { caller, callee: guests[index]![1] });
        try {
          again(...core);
        } catch {
          throw caller.instance.failure;
        }
      });
    }
  });
});
