import { thrown } from '@wit-ts/dev-support/thrown';
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { counters, engines, File } from '../fixtures/faults-guests.ts';

/** How resources are dropped and disposed of. */

describe.each(engines)('a resource of a guest (%s)', (engine) => {
  it('is dropped once, and throws when it is disposed of again', async () => {
    const { Counter, live } = (await counters(engine)).counters;
    const counter = new Counter(1);
    counter[Symbol.dispose]();
    for (let i = 0; i < 2; i++) {
      const error = thrown(() => counter[Symbol.dispose]());
      expect(error).toBeInstanceOf(TypeError);
      expect(error.message).toBe('the counter was already dropped');
    }
    expect(live()).toBe(0);
    expect(new Counter(2).value()).toBe(2);
  });

  it('is dropped also when its object is frozen', async () => {
    const { Counter, live } = (await counters(engine)).counters;
    const counter = Object.freeze(new Counter(1));
    counter[Symbol.dispose]();
    expect(live()).toBe(0);
  });

  it('cannot be used after it was dropped, but its instance stays usable', async () => {
    const { Counter, live } = (await counters(engine)).counters;
    const counter = new Counter(1);
    counter[Symbol.dispose]();
    const error = thrown(() => counter.value());
    expect(error).toBeInstanceOf(TypeError);
    expect(error.message).toContain('the counter was dropped, or given away, before');
    expect(live()).toBe(0);
  });

  it('cannot be used or dropped by the host after it was given away', async () => {
    const { Counter, live, take } = (await counters(engine)).counters;
    const counter = new Counter(5);
    expect(take(counter)).toBe(5);
    counter[Symbol.dispose]();
    expect(live()).toBe(0);
    expect(thrown(() => take(counter)).message).toContain('the counter was dropped, or given away, before');
  });

  it('may be lent twice in one call', async () => {
    const { Counter } = (await counters(engine)).counters;
    const counter = new Counter(5);
    expect(Counter.sum(counter, counter)).toBe(10);
  });

  it('is refused by another instance of the same component', async () => {
    const [first, second] = [await counters(engine), await counters(engine)];
    const counter = new first.counters.Counter(1);
    expect(thrown(() => second.counters.take(counter)).message).toContain(
      'expected an object of the resource counter',
    );
    expect(counter.value()).toBe(1);
  });

  it('is disposed of by `using` at the end of a block', async () => {
    const { Counter, live } = (await counters(engine)).counters;
    const use = new Function('make', 'using counter = make(); return counter.value();') as (
      make: () => unknown,
    ) => number;
    expect(use(() => new Counter(3))).toBe(3);
    expect(live()).toBe(0);
  });
});

describe.each(engines)('a resource of the host (%s)', (engine) => {
  it('is disposed of when the guest drops it, but not when it was only lent', async () => {
    const guest = await counters(engine);
    const file = new File('a');
    expect(guest.describe(file)).toBe('a');
    expect(file.disposed).toBe(0);
    expect(guest.consume(file)).toBe('a');
    expect(file.disposed).toBe(1);
  });
});

describe('resources whose objects are garbage', () => {
  it.each(engines)('are dropped in their instance when they are collected (%s)', async (engine) => {
    const script = fileURLToPath(new URL('../fixtures/unreferenced-resources.ts', import.meta.url));
    const { stdout } = await promisify(execFile)(process.execPath, [
      '--conditions=@wit-ts/source',
      '--expose-gc',
      script,
      String(engine),
    ]);
    // One object is still referenced and one was dropped before. The last of the others may still be in a register.
    const { before, after, kept } = JSON.parse(stdout) as { before: number; after: number; kept: number };
    expect(before).toBe(1001);
    expect(after).toBeGreaterThanOrEqual(1);
    expect(after).toBeLessThan(10);
    expect(kept).toBe(77);
  });
});
