import { growthOf } from '@wit-ts/dev-support/growth';
import { describe, expect, it } from 'vitest';
import * as runtime from '../index.ts';
import { ComponentError } from '../index.ts';
import { counters, engines, faults, thrown } from '../fixtures/faults-guests.ts';

/** Faults of jco that are a matter of running; `docs/faults.md` lists them, and those of its types. */

describe.each(engines)('not here (%s):', (engine) => {
  it.each<[string, string, unknown, string]>([
    ['300 is 44 for a u8', 'echoBytes', [300], 'argument value[0]: expected u8, got 300'],
    ['undefined is 0', 'echoU32', undefined, 'argument value: expected u32, got undefined'],
    ["'ab' is 'a'", 'echoChar', 'ab', 'argument value: expected a string of exactly one character, got "ab"'],
    [
      'an unknown flag is ignored',
      'echoMarked',
      [{ before: 0, nine: { z: true }, seventeen: {}, behind: 0 }],
      'argument value[0].nine: unknown flag "z", expected one of "a", "b", "c", "d", "e", "f", "g", "h", …',
    ],
    ['a number is a string', 'echoString', 5, 'argument value: expected a string, got 5'],
  ])('%s', async (_, method, value, message) => {
    const guest = await faults(engine);
    const error = thrown(() => guest[method](value));
    expect(error).toBeInstanceOf(TypeError);
    expect(error.message).toContain(message);
    expect(guest['echoU32'](1)).toBe(1);
  });

  it('a Promise of a synchronous import is 0', async () => {
    const guest = await faults(engine, { stamp: async () => 5 });
    expect(thrown(() => guest['stamped'](1)).message).toContain('got a Promise');
  });

  it('an import with the version in its key is not found', async () => {
    const guest = await faults(engine, { 'test:faults/clock@1.2.3': { now: () => 9n } });
    expect(guest['time']()).toBe(9n);
  });

  it('an instance may be called after a trap', async () => {
    const guest = await faults(engine);
    const trap = thrown(() => guest['crash']());
    expect(trap).toBeInstanceOf(runtime.Trap);
    const again = thrown(() => guest['echoU32'](1));
    expect(again).toBeInstanceOf(runtime.Trap);
    expect(again.message).toContain(
      'cannot enter component instance: it failed before: wasm trap: unreachable',
    );
  });

  it('what the host throws as an err has many shapes, and comes back as one', async () => {
    for (const error of [
      new ComponentError('gone'),
      'gone',
      Object.assign(new Error(), { payload: 'gone' }),
    ]) {
      const { read } = await counters(engine, {
        open: () => {
          throw error;
        },
      });
      const back = thrown(() => read('a'));
      expect(back).toBeInstanceOf(ComponentError);
      expect(back).toMatchObject({ name: 'ComponentError', message: 'gone', payload: 'gone' });
    }
  });

  it('two versions of one interface collide', async () => {
    const twice = {
      'test:faults/clock@1.2.3': { now: () => 1n },
      'test:faults/clock@2.0.0': { now: () => 2n },
    };
    expect((await faults(engine, twice))['time']()).toBe(1n);
  });
});

describe('not here:', () => {
  it('ComponentError is not exported', () => {
    expect(new runtime.ComponentError('x')).toBeInstanceOf(Error);
  });

  it('a call of add(1, 2) walks the types of the function', async () => {
    const growth = await growthOf(new URL('../fixtures/call-growth.ts', import.meta.url));
    // The body of the loop, and the emitted function without a branch.
    expect(growth.get('calls of add(1, 2)')!.once / 1000).toBeLessThan(3);
  });
});
