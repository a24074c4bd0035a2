import { thrown } from '@wit-ts/dev-support/thrown';
import type { Type } from '@wit-ts/model';
import { describe, expect, it } from 'vitest';
import { engines } from './fixtures/engines.ts';
import { Guest, lift, lower } from './fixtures/guest.ts';
import { list, result } from './fixtures/types.ts';
import { ComponentInstance } from './instance.ts';
import { ComponentError, Trap } from './trap.ts';

/** Returns the error that a call throws. */
describe.each(engines)('a lifted function (%s)', (_, engine) => {
  it('traps when it is called while it runs', () => {
    const guest = new Guest();
    let inner: unknown;
    const call: (...args: unknown[]) => unknown = lift(engine, { params: [] }, () => (inner = thrown(call)), {
      guest,
    });
    call();
    expect(inner).toBeInstanceOf(Trap);
    expect(String(inner)).toContain('cannot enter component instance');
    call();
  });

  it('names its parameters in messages as declarations do, but reserved words as they are', () => {
    const params = ['delete', 'a-1', 'a1'].map((name) => ({ name, type: 'u8' as const }));
    const call = lift(engine, { params }, () => undefined);
    expect(() => call('x', 1, 2)).toThrow('argument delete: expected u8');
    expect(() => call(0, 'x', 2)).toThrow('argument a1: expected u8');
    expect(() => call(0, 1, 'x')).toThrow('argument a1$1: expected u8');
  });

  it('refuses calls after a trap and gives the trap as the cause', () => {
    const guest = new Guest();
    const call = lift(
      engine,
      { params: [] },
      () => {
        throw new WebAssembly.RuntimeError('unreachable');
      },
      { guest },
    );
    const first = thrown(call);
    expect(first).toBeInstanceOf(Trap);
    expect(String(first)).toBe('Trap: wasm trap: unreachable (running `process-data` of guest)');
    const second = thrown(call) as Trap;
    expect(second.message).toMatch(/cannot enter component instance.*unreachable/u);
    expect(second.cause).toBe(first);
  });

  it('turns an uncaught exception of the guest into a trap', () => {
    const call = lift(engine, { params: [] }, () => {
      throw new RangeError('Maximum call stack size exceeded');
    });
    expect(thrown(call)).toBeInstanceOf(Trap);
  });

  it('prevents calls of a sibling instance while it runs', () => {
    const parent = new ComponentInstance('parent');
    const child = new ComponentInstance('child', parent);
    const sibling = new ComponentInstance('sibling', parent);
    const guest = new Guest();
    const other = lift(engine, { params: [] }, () => undefined, {
      guest: Object.assign(new Guest(), { instance: sibling }),
    });
    let inner: unknown;
    const call = lift(engine, { params: [] }, () => (inner = thrown(other)), {
      guest: Object.assign(guest, { instance: child }),
    });
    call();
    expect(String(inner)).toContain('cannot enter');
    expect([parent.mayEnter, child.mayEnter, sibling.mayEnter]).toEqual([true, true, true]);
  });

  it('may be called by its parent and call the parent back', () => {
    const parent = new ComponentInstance('parent');
    const child = new ComponentInstance('child', parent);
    const seen: string[] = [];
    const back = lift(engine, { params: [] }, () => void seen.push('parent again'), {
      guest: within(parent),
      caller: child,
      peer: 'component',
    });
    const down = lift(engine, { params: [] }, () => (seen.push('child'), back(), undefined), {
      guest: within(child),
      caller: parent,
      peer: 'component',
    });
    const call = lift(engine, { params: [] }, () => (seen.push('parent'), down(), undefined), {
      guest: within(parent),
    });
    call();
    expect(seen).toEqual(['parent', 'child', 'parent again']);
    expect([parent.mayEnter, child.mayEnter]).toEqual([true, true]);
  });

  it('throws the err of its result and returns the ok', () => {
    const ok = lift(engine, { params: [], result: result('u32', 'string') }, () => 8, {
      guest: memory([0, 0, 0, 0, 42, 0, 0, 0]),
    });
    expect(ok()).toBe(42);
    const guest = memory([1, 0, 0, 0, 20, 0, 0, 0, 2, 0, 0, 0, 0x6e, 0x6f]);
    const err = lift(engine, { params: [], result: result('u32', 'string') }, () => 8, { guest });
    const error = thrown(err);
    expect(error).toBeInstanceOf(ComponentError);
    expect(error).toMatchObject({ name: 'ComponentError', payload: 'no', message: 'no' });
    expect(guest.instance.mayEnter).toBe(true);
  });

  it('calls post-return after it lifted the result, while the instance may not leave', () => {
    const guest = memory([12, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0x68, 0x69]);
    guest.bytes.set([20, 0, 0, 0], 8);
    const seen: unknown[] = [];
    const call = lift(engine, { params: [], result: 'string' }, () => 8, {
      guest,
      postReturn: (ptr) => {
        seen.push(ptr, guest.instance.mayLeave);
        guest.bytes.fill(0);
        return undefined;
      },
    });
    expect(call()).toBe('hi');
    expect(seen).toEqual([8, false]);
    expect(guest.instance.mayLeave).toBe(true);
  });

  it('traps when post-return traps', () => {
    const call = lift(engine, { params: [], result: 'u8' }, () => 1, {
      postReturn: () => {
        throw new WebAssembly.RuntimeError('unreachable');
      },
    });
    expect(thrown(call)).toBeInstanceOf(Trap);
  });

  it('calls realloc also for an empty list, while the instance may not leave', () => {
    const guest = new Guest();
    const seen: boolean[] = [];
    const watched = Object.assign(guest, {
      realloc: watching(guest, () => seen.push(guest.instance.mayLeave)),
    });
    lift(engine, { params: [{ name: 'it', type: list('u32') }] }, () => undefined, { guest: watched })([]);
    expect(guest.calls).toEqual([[0, 0, 4, 0]]);
    expect(seen).toEqual([false]);
    expect(guest.instance.mayLeave).toBe(true);
  });

  it.each([
    ['beyond end of memory', -4],
    ['result not aligned', -1],
  ])('traps when realloc returns an invalid address: %s', (message, address) => {
    const guest = Object.assign(new Guest(), { realloc: () => address });
    const call = lift(engine, { params: [{ name: 'it', type: list('u32') }] }, () => undefined, { guest });
    expect(String(thrown(() => call([])))).toBe(
      `Trap: realloc return: ${message} (lowering the arguments of \`process-data\` of guest)`,
    );
    expect(guest.instance.mayEnter).toBe(false);
  });

  it('traps when realloc traps, and its instance becomes unusable', () => {
    const guest = Object.assign(new Guest(), {
      realloc: () => {
        throw new WebAssembly.RuntimeError('unreachable');
      },
    });
    const call = lift(engine, { params: [{ name: 'it', type: 'string' }] }, () => undefined, { guest });
    expect(thrown(() => call('a'))).toBeInstanceOf(Trap);
    expect(guest.instance.mayEnter).toBe(false);
  });

  it('lowers its arguments into a memory that grows meanwhile', () => {
    const guest = new Guest();
    const original = guest.realloc;
    const growing = Object.assign(guest, {
      realloc: (...args: number[]) => {
        const at = original(...args)!;
        guest.grow(guest.bytes.length + 65_536);
        return at;
      },
    });
    let core: number[] = [];
    const call = lift(
      engine,
      { params: [{ name: 'it', type: list('string') }] },
      (...args: number[]) => {
        core = args;
        guest.grow(guest.bytes.length + 65_536);
      },
      { guest: growing },
    );
    const words = ['one', 'two', 'three — longer than the shortest strings are', 'ünïcödé'];
    call(words);
    let seen: unknown;
    lower(engine, { params: [{ name: 'it', type: list('string') }] }, (value: unknown) => (seen = value), {
      guest,
    })(...core);
    expect(seen).toEqual(words);
  });

  it('rethrows the error of a host getter and stays usable', () => {
    const guest = new Guest();
    const record: Type = { kind: { tag: 'record', fields: [{ name: 'a', type: 'u8' }] } };
    const call = lift(engine, { params: [{ name: 'it', type: record }] }, () => undefined, { guest });
    const error = new Error('not today');
    const hostile = {
      get a(): number {
        throw error;
      },
    };
    expect(thrown(() => call(hostile))).toBe(error);
    call({ a: 1 });
  });

  it('passes large arguments and results through memory', () => {
    const type: Type = { kind: { tag: 'fixed-length-list', element: 'u8', length: 17 } };
    const value = Array.from({ length: 17 }, (_item, index) => index);
    const echo = lift(engine, { params: [{ name: 'it', type }], result: type }, (at: number) => at);
    expect(echo(value)).toEqual(value);
  });

  it('accepts every u32 and returns it unsigned', () => {
    let core: unknown;
    const call = lift(engine, { params: [{ name: 'it', type: 'u32' }], result: 'u32' }, (value: number) => {
      core = value | 0;
      return -1;
    });
    expect(call(0x8000_0000)).toBe(0xffff_ffff);
    expect(core).toBe(-0x8000_0000);
  });
});

function within(instance: ComponentInstance): Guest {
  return Object.assign(new Guest(), { instance });
}

/** Returns a guest with the given bytes at address 8. */
function memory(bytes: readonly number[]): Guest {
  const guest = new Guest();
  guest.bytes.set(bytes, 8);
  return guest;
}

function watching(guest: Guest, note: () => void): Guest['realloc'] {
  const original = guest.realloc;
  return (...args) => {
    note();
    return original(...args);
  };
}
