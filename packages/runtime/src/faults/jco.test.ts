import { thrown } from '@wit-ts/dev-support/thrown';
import { growthOf } from '@wit-ts/dev-support/growth';
import { describe, expect, it } from 'vitest';
import * as runtime from '../index.ts';
import { ComponentError } from '../index.ts';
import { built } from '../fixtures/components.ts';
import { counters, engines, faults } from '../fixtures/faults-guests.ts';

/** The runtime does not have these faults of jco. `docs/faults.md` lists them, and the faults of its types. */

const host = {
  call() {
    throw new Error('no answer');
  },
  text: () => undefined,
};

describe.each(engines)('the runtime (%s)', (engine) => {
  it.each<[string, string, unknown, string]>([
    ['refuses 300 for a u8', 'echoBytes', [300], 'argument value[0]: expected u8, got 300'],
    ['refuses undefined for a u32', 'echoU32', undefined, 'argument value: expected u32, got undefined'],
    [
      "refuses 'ab' for a char",
      'echoChar',
      'ab',
      'argument value: expected a string of exactly one character, got "ab"',
    ],
    [
      'refuses an unknown flag',
      'echoMarked',
      [{ before: 0, nine: { z: true }, seventeen: {}, behind: 0 }],
      'argument value[0].nine: unknown flag "z", expected one of "a", "b", "c", "d", "e", "f", "g", "h", …',
    ],
    ['refuses a number for a string', 'echoString', 5, 'argument value: expected a string, got 5'],
  ])('%s', async (_, method, value, message) => {
    const guest = await faults(engine);
    const error = thrown(() => guest[method](value));
    expect(error).toBeInstanceOf(TypeError);
    expect(error.message).toContain(message);
    expect(guest['echoU32'](1)).toBe(1);
  });

  it('refuses a Promise from a synchronous import', async () => {
    const guest = await faults(engine, { stamp: async () => 5 });
    expect(thrown(() => guest['stamped'](1)).message).toContain('got a Promise');
  });

  it('finds an import with the version in its key', async () => {
    const guest = await faults(engine, { 'test:faults/clock@1.2.3': { now: () => 9n } });
    expect(guest['time']()).toBe(9n);
  });

  it('refuses calls of an instance after a trap', async () => {
    const guest = await faults(engine);
    const trap = thrown(() => guest['crash']());
    expect(trap).toBeInstanceOf(runtime.Trap);
    const again = thrown(() => guest['echoU32'](1));
    expect(again).toBeInstanceOf(runtime.Trap);
    expect(again.message).toContain(
      'cannot enter component instance: it failed before: wasm trap: unreachable',
    );
  });

  it.each([
    ['a trap of wasm', 'crash', 'wasm trap: unreachable'],
    ['an error of the host', 'call', "the host's function threw: no answer"],
    ['a stack overflow', 'recurse', 'wasm trap: Maximum call stack size exceeded'],
    ['a string outside of the memory', 'farText', 'string pointer/length out of bounds of memory'],
    ['an invalid discriminant', 'noColor', 'invalid variant discriminant'],
    ['a string that is not UTF-8', 'brokenText', 'invalid utf-8'],
  ])('refuses calls of an instance after %s', async (_, method, reason) => {
    const guest = await runtime.instantiate(await built('traps'), { 'test:traps/host': host }, { engine });
    expect(guest['fine']()).toBe(42);
    expect(thrown(() => guest[method]()).message).toContain(reason);
    const again = thrown(() => guest['fine']());
    expect(again).toBeInstanceOf(runtime.Trap);
    expect(again.message).toContain('cannot enter component instance: it failed before: ');
    expect(again.message).toContain(reason);
  });

  it('throws an err as a ComponentError, whatever the host threw for it', async () => {
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

  it('distinguishes two versions of one interface', async () => {
    const twice = {
      'test:faults/clock@1.2.3': { now: () => 1n },
      'test:faults/clock@2.0.0': { now: () => 2n },
    };
    expect((await faults(engine, twice))['time']()).toBe(1n);
  });
});

describe('the runtime', () => {
  it('exports ComponentError', () => {
    expect(new runtime.ComponentError('x')).toBeInstanceOf(Error);
  });

  it('calls add(1, 2) without walking the types of the function', async () => {
    const growth = await growthOf(new URL('../fixtures/call-growth.ts', import.meta.url));
    // Each call runs the body of the loop and the emitted function, which has no branch.
    expect(growth.get('calls of add(1, 2)')!.once / 1000).toBeLessThan(3);
  });
});
