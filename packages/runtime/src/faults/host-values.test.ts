import { thrown } from '@wit-ts/dev-support/thrown';
import { describe, expect, it } from 'vitest';
import { engines, faults } from '../fixtures/faults-guests.ts';

/** Values other than literals that a host may pass. */

const marked = { before: 1, nine: { a: true }, seventeen: { q: true }, behind: 2 };

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(deepFreeze);
  return value;
}

describe.each(engines)('host values (%s)', async (engine) => {
  const guest = await faults(engine);
  const full: unknown = guest['echoMarked']([marked]);

  it('may be frozen', () => {
    expect(guest['echoMarked'](deepFreeze([structuredClone(marked)]))).toEqual(full);
    expect(guest['echoPadded'](deepFreeze([{ tag: 'wide', val: 1n }]))).toEqual([{ tag: 'wide', val: 1n }]);
  });

  it('may be proxies', () => {
    const proxied = new Proxy([new Proxy(marked, {})], {});
    expect(guest['echoMarked'](proxied)).toEqual(full);
    expect(guest['echoBytes'](new Proxy([1, 2], {}))).toEqual(Uint8Array.of(1, 2));
  });

  it('may be proxies, whose elements are checked one by one', () => {
    const wrong = new Proxy(Uint8Array.of(1, 2), {
      get: (target, key) => (key === 'length' ? 2 : key === '0' ? 300 : Reflect.get(target, key)),
    });
    expect(thrown(() => guest['echoBytes'](wrong)).message).toContain('value[0]: expected u8, got 300');
  });

  it('may have getters, each read once', () => {
    const reads: string[] = [];
    const getters = Object.defineProperties(
      {},
      Object.fromEntries(
        Object.entries(marked).map(([key, value]) => [key, { get: () => (reads.push(key), value) }]),
      ),
    );
    const seen = guest['echoMarked']([getters]) as unknown;
    expect(seen).toEqual(full);
    expect(reads).toEqual(['before', 'nine', 'seventeen', 'behind']);
  });

  it('may have a getter that throws, whose error is rethrown and leaves the guest usable', () => {
    const fault = new Error('not today');
    const value = {
      ...marked,
      get nine(): never {
        throw fault;
      },
    };
    expect(thrown(() => guest['echoMarked']([value]))).toBe(fault);
    expect(guest['echoU32'](5)).toBe(5);
  });

  it('are passed as they were checked, or refused, when a getter returns different values', () => {
    let reads = 0;
    const value = {
      ...marked,
      get before(): unknown {
        reads += 1;
        return reads % 2 === 1 ? 7 : 'seven';
      },
    };
    try {
      const [seen] = guest['echoMarked']([value]) as { before: number }[];
      expect(seen?.before).toBe(7);
    } catch (error) {
      expect(error).toBeInstanceOf(TypeError);
    }
    expect(guest['echoU32'](5)).toBe(5);
  });

  it('may not call the guest from a getter', () => {
    const value = {
      ...marked,
      get behind(): number {
        return guest['echoU32'](1) as number;
      },
    };
    expect(thrown(() => guest['echoMarked']([value])).message).toContain('cannot enter component instance');
    expect(guest['echoU32'](5)).toBe(5);
  });

  it('may have no prototype', () => {
    const bare = Object.assign(Object.create(null) as object, marked, {
      nine: Object.assign(Object.create(null) as object, { a: true }),
    });
    expect(guest['echoMarked']([bare])).toEqual(full);
    const variant = Object.assign(Object.create(null) as object, { tag: 'wide', val: 1n });
    expect(guest['echoPadded']([variant])).toEqual([{ tag: 'wide', val: 1n }]);
  });

  it('may be instances of classes, with inherited members', () => {
    class Marked {
      before = 1;
      behind = 2;
      seventeen = { q: true };
      get nine(): object {
        return { a: true };
      }
    }
    expect(guest['echoMarked']([new Marked()])).toEqual(full);
  });

  it('may be a Buffer when bytes are expected, also one that is a part of a larger buffer', () => {
    const slice = Buffer.from('0123456789').subarray(2, 5);
    expect(guest['echoBytes'](slice)).toEqual(Uint8Array.of(50, 51, 52));
    expect(thrown(() => guest['echoBytes'](new ArrayBuffer(2))).message).toContain(
      'expected a list, got an object of the class ArrayBuffer',
    );
  });

  it('may be array-like or iterable objects when a list is expected', () => {
    expect(guest['echoBytes']({ length: 2, 0: 3, 1: 4 })).toEqual(Uint8Array.of(3, 4));
    expect(guest['echoStrings'](new Set(['a', 'b']))).toEqual(['a', 'b']);
    expect(guest['echoStrings'](new Map([['a', 'b']]).values())).toEqual(['b']);
    expect(guest['echoStrings'](generate())).toEqual(['x', 'y']);
    expect(thrown(() => guest['echoStrings']([1, 2].values())).message).toContain(
      'value[0]: expected a string, got 1',
    );
  });

  it('may not be a string when a list is expected', () => {
    expect(thrown(() => guest['echoStrings']('ab')).message).toContain('value: expected a list, got "ab"');
  });

  it('may not be lists of strings with holes', () => {
    // oxlint-disable-next-line no-sparse-arrays
    expect(thrown(() => guest['echoStrings'](['a', , 'b'])).message).toContain(
      'value[1]: expected a string, got undefined',
    );
  });

  it('are passed with their first length when they grow while they are read', () => {
    const list: unknown[] = [];
    list.push({
      ...marked,
      get behind(): number {
        list.push(marked);
        return 2;
      },
    });
    expect(guest['echoMarked'](list)).toEqual(full);
  });
});

function* generate(): Generator<string> {
  yield 'x';
  yield 'y';
}
