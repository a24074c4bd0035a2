import type { MappingChoices } from '@wit-ts/mapping';
import type { Type } from '@wit-ts/model';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Engine } from './engine.ts';
import { anyType, valueOf } from './fixtures/arbitrary.ts';
import { combinations, underChoices } from './fixtures/choices.ts';
import { compareEngines } from './fixtures/compare-engines.ts';
import { asWasm } from './fixtures/engine-laws.ts';
import { engines } from './fixtures/engines.ts';
import { Guest, lift, lower } from './fixtures/guest.ts';
import { result } from './fixtures/types.ts';
import { flags, record } from './fixtures/values.ts';
import { ComponentError, Trap } from './trap.ts';

type Core = (number | bigint)[];

/** Lowers an argument, and returns the core values and the memory of the guest. */
function lowered(engine: Engine, type: Type, value: unknown, mapping: MappingChoices): [Core, Guest] {
  const guest = new Guest();
  let core: Core = [];
  const params = [{ name: 'user-it', type }];
  lift(engine, { params }, (...args: Core) => void (core = args), { guest, options: { mapping } })(value);
  return [asWasm(core, type, guest), guest];
}

/** Returns what the host receives for an argument of a guest. */
function lifted(engine: Engine, type: Type, core: Core, guest: Guest, mapping: MappingChoices): unknown {
  let seen: unknown;
  const params = [{ name: 'user-it', type }];
  lower(engine, { params }, (value: unknown) => void (seen = value), { guest, options: { mapping } })(
    ...core,
  );
  return seen;
}

/** Returns what a function throws. */
function refusal(call: () => unknown): Error {
  try {
    call();
  } catch (error) {
    return error as Error;
  }
  throw new Error('nothing was thrown');
}

describe.each(engines)('values under the choices of the mapping (%s)', (_, engine) => {
  it.each(combinations)('are lowered and lifted as those of the default mapping: %o', (mapping) => {
    const typeAndValue = anyType.chain((type) => fc.tuple(fc.constant(type), valueOf(type)));
    fc.assert(
      fc.property(typeAndValue, ([type, value]) => {
        const [plain, plainGuest] = lowered(engine, type, value, {});
        const own = underChoices(type, value, mapping);
        const [core, guest] = lowered(engine, type, own, mapping);
        expect(core).toEqual(plain);
        expect(guest.image()).toEqual(plainGuest.image());
        expect(lifted(engine, type, core, guest, mapping)).toEqual(own);
      }),
      { numRuns: 40 },
    );
  });
});

describe('the engines', () => {
  it.each(combinations)('do the same with right, wrong and lying values: %o', (mapping) => {
    expect(compareEngines({ seed: 5, from: 0, to: 12, values: 3, mapping }).differences).toEqual([]);
  });
});

describe.each(engines)('flags as a bigint (%s)', (_, engine) => {
  const mapping = { flags: 'bigint' } as const;
  const perms = flags('read', 'write-all', 'exec');
  const all = flags(...Array.from({ length: 32 }, (__, index) => `f${index}`));
  const pass = (type: Type, value: unknown): unknown => {
    const [core, guest] = lowered(engine, type, value, mapping);
    return lifted(engine, type, core, guest, mapping);
  };

  it('have a bit for each flag, in the order of WIT', () => {
    expect(lowered(engine, perms, 0b110n, mapping)[0]).toEqual([6]);
    expect(pass(perms, 7n)).toBe(7n);
    expect(pass(all, 2n ** 32n - 1n)).toBe(2n ** 32n - 1n);
    expect(pass(record({ all }), { all: 2n ** 31n })).toEqual({ all: 2n ** 31n });
  });

  it('leave out bits that no flag has, which a guest may set', () => {
    expect(lifted(engine, perms, [0xff], new Guest(), mapping)).toBe(7n);
    expect(lifted(engine, all, [-1], new Guest(), mapping)).toBe(2n ** 32n - 1n);
  });

  it.each<[unknown, string]>([
    [8n, '8n'],
    [-1n, '-1n'],
    [5, '5'],
    [{ read: true }, 'an object'],
    [undefined, 'undefined'],
    [null, 'null'],
    [true, 'true'],
    ['1', '"1"'],
  ])('are refused otherwise: %o', (value, shown) => {
    const error = refusal(() => pass(perms, value));
    expect(error).toBeInstanceOf(TypeError);
    expect(error.message).toBe(
      'process-data: argument userIt: expected a bigint from 0n to 7n (read, writeAll, exec), ' +
        `got ${shown}`,
    );
  });

  it('are named in the path of a record and of the result of a host function', () => {
    expect(refusal(() => pass(record({ perms }), { perms: 8n })).message).toContain(
      'argument userIt.perms: expected a',
    );
    const call = lower(engine, { params: [], result: perms }, () => 9n, { options: { mapping } });
    expect(refusal(() => call()).message).not.toBe('');
    const guest = new Guest();
    const refused = lower(engine, { params: [], result: perms }, () => 9n, { guest, options: { mapping } });
    expect(() => refused()).toThrow();
    expect(guest.instance.failure?.message).toContain(
      'result: expected a bigint from 0n to 7n (read, writeAll, exec), got 9n',
    );
  });

  it('of 32 flags are refused from 2 ** 32 on', () => {
    expect(refusal(() => pass(all, 2n ** 32n)).message).toContain(
      'expected a bigint from 0n to 4294967295n (f0, f1, ',
    );
  });
});

describe.each(engines)('names as WIT has them (%s)', (_, engine) => {
  const mapping = { casing: 'wit' } as const;
  const type = record({ 'user-id': 'u8', 'is-GUI': flags('on-TOP', 'full-screen') });

  it('are the properties of records and flags', () => {
    const value = { 'user-id': 5, 'is-GUI': { 'on-TOP': true, 'full-screen': false } };
    const [core, guest] = lowered(engine, type, value, mapping);
    expect(core).toEqual([5, 1]);
    expect(lifted(engine, type, core, guest, mapping)).toEqual(value);
  });

  const message = (value: unknown): string => refusal(() => lowered(engine, type, value, mapping)).message;

  it('are in messages, of arguments too', () => {
    expect(message({ userId: 5, 'is-GUI': {} })).toBe(
      'process-data: argument user-it["user-id"]: expected u8, got undefined',
    );
    expect(message({ 'user-id': 5, 'is-GUI': { onTop: true } })).toBe(
      'process-data: argument user-it["is-GUI"]: unknown flag "onTop", expected one of "on-TOP", "full-screen"',
    );
  });
});

describe.each(engines)('results as values (%s)', (_, engine) => {
  const mapping = { results: 'value' } as const;
  const type = result('u8', 'u8');

  it('are returned by an exported function', () => {
    const call = (core: number): unknown => {
      const guest = new Guest();
      guest.bytes[64] = core;
      guest.bytes[65] = 7;
      return lift(engine, { params: [], result: type }, () => 64, { guest, options: { mapping } })();
    };
    expect(call(0)).toEqual({ tag: 'ok', val: 7 });
    expect(call(1)).toEqual({ tag: 'err', val: 7 });
    const empty = lift(engine, { params: [], result: result() }, () => 1, { options: { mapping } });
    expect(empty()).toEqual({ tag: 'err', val: undefined });
  });

  const host = (answer: () => unknown): Guest => {
    const guest = new Guest();
    lower(engine, { params: [], result: type }, answer, { guest, options: { mapping } })(64);
    return guest;
  };

  it('are what a host function returns', () => {
    expect(host(() => ({ tag: 'ok', val: 3 })).bytes.slice(64, 66)).toEqual(Uint8Array.of(0, 3));
    expect(host(() => ({ tag: 'err', val: 4 })).bytes.slice(64, 66)).toEqual(Uint8Array.of(1, 4));
  });

  const failureOf = (answer: () => unknown): Error => {
    const guest = new Guest();
    const call = lower(engine, { params: [], result: type }, answer, { guest, options: { mapping } });
    expect(() => call(64)).toThrow();
    return guest.instance.failure!;
  };

  it('are no thrown values: whatever a host function throws ends the component', () => {
    const thrown = failureOf(() => {
      throw new ComponentError(4);
    });
    expect(thrown).toBeInstanceOf(Trap);
    expect(thrown.message).toContain("the host's function threw");
    const plain = failureOf(() => 3);
    expect(plain).toBeInstanceOf(TypeError);
    expect(plain.message).toContain('result: expected an object with a tag, got 3');
  });
});
