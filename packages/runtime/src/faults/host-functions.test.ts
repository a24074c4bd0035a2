import { thrown } from '@wit-ts/dev-support/thrown';
import { describe, expect, it } from 'vitest';
import { Trap } from '../index.ts';
import {
  type Counter,
  counters,
  type CountersGuest,
  engines,
  faults,
  File,
} from '../fixtures/faults-guests.ts';

/** What a host function may do while a guest waits for it. */

describe.each(engines)('a host function (%s)', (engine) => {
  it('causes a trap with its error as the cause, and closes the instance, when it throws', async () => {
    const fault = new RangeError('disk full');
    const guest = await faults(engine, {
      stamp: () => {
        throw fault;
      },
    });
    const trap = thrown(() => guest['stamped'](1));
    expect(trap).toBeInstanceOf(Trap);
    expect(trap.message).toContain("stamp: the host's function threw: disk full");
    expect(trap.cause).toBe(fault);
    expect(thrown(() => guest['echoU32'](1)).message).toContain('it failed before');
  });

  it('causes a trap when it throws undefined', async () => {
    const guest = await faults(engine, {
      stamp: () => {
        // oxlint-disable-next-line no-throw-literal
        throw undefined;
      },
    });
    expect(thrown(() => guest['stamped'](1))).toBeInstanceOf(Trap);
  });

  it.each<[string, () => unknown]>([
    ['throws an error whose message throws', () => fail(new Unreadable())],
    ['throws a revoked proxy', () => fail(revoked())],
    ['returns a revoked proxy', revoked],
    ['returns an object whose `then` throws', () => new Unreadable()],
  ])('closes the instance when it %s', async (_, stamp) => {
    const guest = await faults(engine, { stamp });
    const trap = thrown(() => guest['stamped'](1));
    expect(trap).toBeInstanceOf(Trap);
    expect(trap.message).toContain('stamp: a value of the host throws when it is read');
    expect(thrown(() => guest['echoU32'](1)).message).toContain('it failed before');
  });

  it('may not return a Promise or another thenable', async () => {
    // oxlint-disable-next-line unicorn/no-thenable
    for (const promise of [Promise.resolve(1), { then: () => undefined }]) {
      const guest = await faults(engine, { stamp: () => promise });
      expect(thrown(() => guest['stamped'](1)).message).toContain('expected a value, got a Promise');
    }
  });

  it('may not call the instance that waits for it, but may catch the refusal and continue', async () => {
    const seen: string[] = [];
    const guest = await faults(engine, {
      stamp: (number: number) => {
        seen.push(thrown(() => guest['echoU32'](1)).message);
        return number;
      },
    });
    expect(guest['stamped'](8)).toBe(8);
    expect(seen[0]).toContain('cannot enter component instance: it is running');
    expect(guest['echoU32'](1)).toBe(1);
  });

  it('may call another instance of the same component', async () => {
    const other = await faults(engine);
    const guest = await faults(engine, { stamp: (number: number) => other['echoU32'](number + 1) as number });
    expect(guest['stamped'](8)).toBe(9);
  });

  it('may not drop a resource of the instance that waits for it, but may drop it later', async () => {
    const held: { counter?: Counter } = {};
    let message = '';
    const guest: CountersGuest = await counters(engine, {
      open: () => {
        message = thrown(() => held.counter?.[Symbol.dispose]()).message;
        return new File('a');
      },
    });
    held.counter = new guest.counters.Counter(1);
    expect(guest.read('a')).toBe('a');
    expect(message).toContain('cannot enter component instance: it is running');
    expect(guest.counters.live()).toBe(1);
    held.counter[Symbol.dispose]();
    expect(guest.counters.live()).toBe(0);
  });

  it('may dispose of its own object while the guest has it, and the guest still drops it once', async () => {
    const files: File[] = [];
    const guest = await counters(engine, {
      open: (name: string) => {
        const file = new File(name);
        files.push(file);
        file[Symbol.dispose]();
        return file;
      },
    });
    expect(guest.read('a')).toBe('a');
    expect(files[0]?.disposed).toBe(2);
  });
});

class Unreadable extends Error {
  override get message(): string {
    throw new TypeError('no message');
  }

  // oxlint-disable-next-line unicorn/no-thenable
  get then(): unknown {
    throw new TypeError('no then');
  }
}

function fail(error: unknown): never {
  throw error;
}

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}
