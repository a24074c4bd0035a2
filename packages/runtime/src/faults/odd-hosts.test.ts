import { runInNewContext } from 'node:vm';
import { thrown } from '@wit-ts/dev-support/thrown';
import { ResourceHandle } from '@wit-ts/abi';
import { describe, expect, it } from 'vitest';
import { component, engines, faults } from '../fixtures/faults-guests.ts';
import { compile, instantiate, instantiateSync } from '../index.ts';
import { referenceEngine } from '../reference.ts';

/** Odd hosts and odd memories at real components. */

describe.each(engines)('odd hosts and memories (%s)', async (engine) => {
  it('do not use up the memory of a guest with arguments that do not fit', async () => {
    const guest = await faults(engine);
    // Compiled code may have asked for memory in the first of these calls; 3,000 of them would take 300 MB.
    for (let i = 0; i < 3000; i += 1) {
      const wrong = ['x'.repeat(100_000), 5];
      expect(thrown(() => guest['echoStrings'](wrong)).message).toContain(
        'value[1]: expected a string, got 5',
      );
    }
    expect(guest['echoStrings'](['still', 'here'])).toEqual(['still', 'here']);
  });

  it('do not close an instance with a long array of holes', async () => {
    const guest = await faults(engine);
    for (const name of ['echoStrings', 'echoMarked', 'echoPadded', 'echoBytes']) {
      const holes = Object.assign([], { length: 2_000_000 });
      expect(thrown(() => guest[name](holes)).message).toContain('value[0]: expected');
    }
    expect(guest['echoU32'](5)).toBe(5);
  });

  it('may pass typed arrays of another realm, and maps and arrays with lying lengths are refused', async () => {
    const guest = await faults(engine);
    expect(guest['echoBytes'](runInNewContext('new Uint8Array([1, 2, 3])'))).toEqual(Uint8Array.of(1, 2, 3));
    for (const length of [-1, 0.5, NaN, '1']) {
      const lying = new Proxy(['a'], {
        get: (target, key): unknown => (key === 'length' ? length : Reflect.get(target, key)),
      });
      expect(thrown(() => guest['echoStrings'](lying)).message).toContain(
        'value: expected a list, got an array',
      );
    }
    expect(guest['echoStrings'](['a'])).toEqual(['a']);
  });

  it('may call at the end of the stack, after which no instance counts as running', async () => {
    const compiled = await compile(await component('faults/built/wat.wasm'), { engine });
    const imports = { 'test:faults/clock@1.2.3': { now: () => 7n }, stamp: (number: number) => number };
    const guests = Array.from({ length: 200 }, () => instantiateSync(compiled, imports));
    let next = 0;
    const dive = (): void => {
      try {
        dive();
      } catch {
        // The end is reached. The next function is called one frame further from it.
      }
      const guest = guests[next];
      next += 1;
      try {
        if (guest !== undefined) call(guest);
      } catch {
        // Many fail here.
      }
    };
    const call = (guest: (typeof guests)[number]): unknown => guest['echoStrings'](['one', 'two']);
    dive();
    for (const guest of guests) {
      try {
        expect(call(guest)).toEqual(['one', 'two']);
      } catch (error) {
        expect(String(error)).toContain('it failed before: ');
      }
    }
    expect(guests.filter((guest) => stringOf(() => call(guest)) === 'one,two').length).toBeGreaterThan(0);
  });

  it('use a memory of 4 GiB as any other', async () => {
    const imports = { 'test:limits/tokens': { Token: Object } };
    const guest = await instantiate(await component('limits/built/wat.wasm'), imports, { engine });
    const pages = guest['pages']() as number;
    expect(guest['grow'](65_536 - pages)).toBe(pages);
    expect(guest['pages']()).toBe(65_536);
    expect(guest['text'](300)).toHaveLength(300);
    expect(guest['list'](70_000)).toHaveLength(70_000);
    expect(guest['take'](new Uint8Array(100_000))).toBe(100_000);
  });
});

describe('an engine of another copy of the library', () => {
  it('is refused, because it does not know the handles of this one', async () => {
    const other = { ...referenceEngine, handleClass: class extends ResourceHandle {} };
    const bytes = await component('faults/built/wat.wasm');
    await expect(compile(bytes, { engine: other })).rejects.toThrow(
      new TypeError(
        'engine: it belongs to another copy of `@wit-ts/runtime`; import it and `compile` from the same copy',
      ),
    );
    await expect(compile(bytes, { engine: referenceEngine })).resolves.toBeDefined();
  });
});

function stringOf(run: () => unknown): string {
  try {
    return String(run());
  } catch (error) {
    return String(error);
  }
}
