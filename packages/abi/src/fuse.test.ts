import type { Type } from '@wit-ts/model';
import { describe, expect, it } from 'vitest';
import { engines } from './fixtures/engines.ts';
import { bytesAt, failure, fuse, type TestParty, partyOf, put, utf8, within } from './fixtures/fuse.ts';
import { Guest, lift, lower } from './fixtures/guest.ts';
import { list, tuple } from './fixtures/types.ts';
import { ComponentInstance } from './instance.ts';

describe.each(engines)('a call between components (%s)', (_, engine) => {
  it('performs its steps in the order of the specification', () => {
    const [caller, callee] = [new Guest(), new Guest()];
    const events: string[] = [];
    const note = (event: string): void => {
      const flags = [caller, callee].map(({ instance: { mayEnter, mayLeave } }) => `${mayEnter} ${mayLeave}`);
      events.push([event, ...flags].join(', '));
    };
    const watched = (guest: Guest, name: string): TestParty => ({
      ...partyOf(guest),
      realloc: (...args) => {
        note(`${name} reallocates`);
        return guest.realloc(...args);
      },
    });
    caller.instance.mayEnter = false;
    const call = fuse(
      engine,
      ['string'],
      'string',
      (ptr: number, length: number) => {
        note('the callee runs');
        return put(callee, new Uint8Array(Uint32Array.of(ptr, length).buffer));
      },
      {
        caller: watched(caller, 'caller'),
        callee: watched(callee, 'callee'),
        postReturn: () => {
          note('the callee cleans up');
          return undefined;
        },
      },
    );
    const text = put(caller, utf8('hello'));
    call(text, 5, put(caller, new Uint8Array(8)));
    note('done');
    expect(events).toEqual([
      'callee reallocates, false true, false false',
      'the callee runs, false true, false true',
      'caller reallocates, false false, false true',
      'the callee cleans up, false true, false false',
      'done, false true, true true',
    ]);
  });

  it('lifts all arguments before it lowers any', () => {
    const [caller, callee] = [new Guest(), new Guest()];
    const call = fuse(engine, [list('u8'), 'string'], undefined, () => undefined, { caller, callee });
    const bytes = put(caller, [1, 2, 0xff]);
    expect(failure(caller, () => call(bytes, 2, bytes, 3))).toBe(
      'invalid utf-8 (lifting the arguments of `f` for guest)',
    );
    expect(callee.calls).toEqual([]);
  });

  it('lifts the whole result before it lowers any part of it', () => {
    const [caller, callee] = [new Guest(), new Guest()];
    const call = fuse(
      engine,
      [],
      tuple(list('u8'), 'char'),
      () => put(callee, new Uint8Array(Uint32Array.of(0, 4, 0xd800).buffer)),
      { caller, callee },
    );
    const out = put(caller, new Uint8Array(12));
    expect(failure(caller, () => call(out))).toBe(
      'invalid `char` bit pattern (lifting the result of `f` of guest)',
    );
    expect(caller.calls).toEqual([]);
  });

  it('makes both instances unusable when the callee traps', () => {
    const [caller, callee] = [new Guest(), new Guest()];
    const call = fuse(
      engine,
      [],
      undefined,
      () => {
        throw new WebAssembly.RuntimeError('unreachable');
      },
      { caller, callee },
    );
    const message = 'wasm trap: unreachable (running `f` of guest)';
    expect(failure(caller, () => call())).toBe(message);
    expect(callee.instance.failure!.message).toBe(message);
    const other = new Guest();
    const again = fuse(engine, [], undefined, () => undefined, { caller: other, callee });
    expect(failure(other, () => again())).toContain(
      `cannot enter component instance: it failed before: ${message}`,
    );
  });

  it('turns an exception of the callee into a trap that the caller cannot catch', () => {
    const [caller, callee] = [new Guest(), new Guest()];
    const call = fuse(
      engine,
      [],
      undefined,
      () => {
        throw new Error('thrown by wasm');
      },
      { caller, callee },
    );
    expect(call).toThrow(WebAssembly.RuntimeError);
    expect(caller.instance.failure).toMatchObject({
      message: 'an exception left the component: thrown by wasm (running `f` of guest)',
    });
  });

  it('traps when the caller may not leave its instance', () => {
    const [caller, callee] = [new Guest(), new Guest()];
    caller.instance.mayLeave = false;
    const call = fuse(engine, [], undefined, () => undefined, { caller, callee });
    expect(failure(caller, () => call())).toContain('cannot leave component instance');
    expect(callee.instance).toMatchObject({ mayEnter: true, failure: undefined });
  });

  it('enters the callee and its ancestors, except the ancestors of the caller', () => {
    const root = new ComponentInstance('root');
    const [left, right] = [new ComponentInstance('left', root), new ComponentInstance('right', root)];
    const inner = new ComponentInstance('inner', right);
    root.mayEnter = left.mayEnter = false;
    let marks: unknown;
    const parties = { caller: within(left), callee: within(inner) };
    const call = fuse(
      engine,
      [],
      undefined,
      () => void (marks = [root, left, right, inner].map(({ mayEnter }) => mayEnter)),
      parties,
    );
    call();
    expect(marks).toEqual([false, false, false, false]);
    expect([root, left, right, inner].map(({ mayEnter }) => mayEnter)).toEqual([false, false, true, true]);
    right.mayEnter = false;
    expect(failure(parties.caller, () => call())).toContain(
      'cannot enter component instance: it is running (calling `f` of right)',
    );
    expect(inner.mayEnter).toBe(true);
  });

  it('may go from a child back to its running parent', () => {
    const parent = new ComponentInstance('parent');
    const child = new ComponentInstance('child', parent);
    const seen: string[] = [];
    const back = fuse(engine, [], 'u8', () => (seen.push('parent again'), 7), {
      caller: within(child),
      callee: within(parent),
    });
    const down = fuse(engine, [], 'u8', () => (seen.push('child'), back()), {
      caller: within(parent),
      callee: within(child),
    });
    const call = lift(engine, { params: [], result: 'u8' }, () => (seen.push('parent'), down()), {
      guest: within(parent),
    });
    expect(call()).toBe(7);
    expect(seen).toEqual(['parent', 'child', 'parent again']);
    expect([parent.mayEnter, child.mayEnter]).toEqual([true, true]);
  });

  it('uses memories that grow before and during the call', () => {
    const [caller, callee] = [new Guest('i32', 128), new Guest('i32', 128)];
    const call = fuse(
      engine,
      ['string', 'string'],
      list(list('u16')),
      (...texts: number[]) => {
        expect(bytesAt(callee, texts[0]!, 3)).toEqual([97, 98, 99]);
        expect(bytesAt(callee, texts[2]!, 3)).toEqual([100, 101, 102]);
        callee.grow(131_072);
        const numbers = put(callee, [1, 2, 3, 4]);
        const lists = put(callee, new Uint8Array(Uint32Array.of(numbers, 2, numbers + 2, 1).buffer));
        return put(callee, new Uint8Array(Uint32Array.of(lists, 2).buffer));
      },
      { caller, callee },
    );
    const texts = put(caller, utf8('abcdef'));
    const out = put(caller, new Uint8Array(8));
    caller.grow(131_072);
    call(texts, 3, texts + 3, 3, out);
    const words = new Uint32Array(caller.bytes.buffer);
    const [lists = 0, count] = words.subarray(out / 4);
    const [first = 0, firstCount, second = 0, secondCount] = words.subarray(lists / 4);
    expect([count, firstCount, secondCount]).toEqual([2, 2, 1]);
    expect([bytesAt(caller, first, 4), bytesAt(caller, second, 2)]).toEqual([
      [1, 2, 3, 4],
      [3, 4],
    ]);
  });

  it('copies fields and payloads, but not the bytes between them', () => {
    const [caller, callee] = [new Guest(), new Guest()];
    let found: unknown;
    const call = fuse(
      engine,
      [list(tuple('u8', 'u32')), list({ kind: { tag: 'option', type: 'u16' } })],
      undefined,
      (records: number, _count: number, options: number) =>
        void (found = [bytesAt(callee, records, 8), bytesAt(callee, options, 4)]),
      { caller, callee },
    );
    const secret = put(caller, [1, 0xee, 0xee, 0xee, 2, 3, 4, 5]);
    const nothing = put(caller, [0, 0xee, 0xee, 0xee]);
    call(secret, 1, nothing, 1);
    expect(found).toEqual([
      [1, 0, 0, 0, 2, 3, 4, 5],
      [0, 0, 0, 0],
    ]);
  });

  it('clears the unused bits of core values', () => {
    let found: unknown;
    const flags: Type = { kind: { tag: 'flags', flags: ['a', 'b', 'c'].map((name) => ({ name })) } };
    const call = fuse(
      engine,
      ['bool', 'u8', 's8', 'u16', 's16', flags, { kind: { tag: 'option', type: 'u64' } }],
      undefined,
      (...args: unknown[]) => void (found = args),
    );
    call(256, 0x1ff, 0x1ff, -1, 0x18000, -1, 0, 99n);
    expect(found).toEqual([1, 255, -1, 65_535, -32_768, 7, 0, 0n]);
  });

  it('clears the unused bits of list elements', () => {
    const [caller, callee] = [new Guest(), new Guest()];
    const flags: Type = { kind: { tag: 'flags', flags: ['a', 'b', 'c'].map((name) => ({ name })) } };
    let found: unknown;
    const call = fuse(
      engine,
      [list('bool'), list(flags), list('s8')],
      undefined,
      (...args: number[]) => void (found = [0, 2, 4].map((at) => bytesAt(callee, args[at]!, 3))),
      { caller, callee },
    );
    const at = put(caller, [0, 2, 0xff]);
    call(at, 3, at, 3, at, 3);
    expect(found).toEqual([
      [0, 1, 1],
      [0, 2, 7],
      [0, 2, 0xff],
    ]);
  });

  it('keeps the bits of a u64 that would be a NaN as an f64', () => {
    const [caller, callee] = [new Guest(), new Guest()];
    const bits = 0xfff0_dead_beef_0001n;
    let found: unknown;
    const call = fuse(
      engine,
      [list({ kind: { tag: 'option', type: 'u64' } })],
      undefined,
      (ptr: number) => void (found = new DataView(callee.bytes.buffer).getBigUint64(ptr + 8, true)),
      { caller, callee },
    );
    const at = put(caller, new Uint8Array(BigUint64Array.of(1n, bits).buffer));
    call(at, 1);
    expect(found).toBe(bits);
  });

  it('reads strings of any length at any address', () => {
    const [caller, callee] = [new Guest(), new Guest()];
    const start = put(caller, new Uint8Array(96).fill(0x61));
    let length = 0;
    const core = (_ptr: number, count: number): void => void (length = count);
    for (let offset = 0; offset < 4; offset += 1) {
      for (let size = 0; size <= 40; size += 1) {
        const at = start + offset;
        // The bytes next to the string are invalid UTF-8, so the call traps if it reads one of them.
        caller.bytes[at - 1] = caller.bytes[at + size] = 0xff;
        fuse(engine, ['string'], undefined, core, { caller, callee })(at, size);
        caller.bytes[at - 1] = caller.bytes[at + size] = 0x61;
        expect(length).toBe(size);
      }
    }
  });

  it('finds an invalid byte at every position of a UTF-8 string', () => {
    const guest = new Guest();
    const start = put(guest, new Uint8Array(64).fill(0x61));
    for (let offset = 0; offset < 4; offset += 1) {
      for (let size = 1; size <= 24; size += 1) {
        for (let bad = start + offset; bad < start + offset + size; bad += 1) {
          const caller = { ...partyOf(guest), instance: new ComponentInstance('caller') };
          guest.bytes[bad] = 0xff;
          const call = fuse(engine, ['string'], undefined, () => undefined, { caller });
          expect(failure(caller, () => call(start + offset, size))).toContain('invalid utf-8');
          guest.bytes[bad] = 0x61;
        }
      }
    }
  });

  it('does not run code that the name of its function contains', () => {
    const call = fuse(engine, [], 'u8', () => 1, { name: '"); throw new Error(`${1}`); ("\u2028' });
    expect(call()).toBe(1);
  });
});

describe('a call between components, and a lowered function', () => {
  it.each(engines)('report an invalid discriminant with the same message (%s)', (_name, engine) => {
    const choice: Type = { kind: { tag: 'enum', cases: [{ name: 'a' }, { name: 'b' }] } };
    const [caller, composed] = [new Guest(), new Guest()];
    const call = fuse(engine, [choice], undefined, () => undefined, { caller });
    const lowered = lower(engine, { params: [{ name: 'p0', type: choice }] }, () => undefined, {
      guest: composed,
      peer: 'component',
    });
    const [found, expected] = [failure(caller, () => call(2)), failure(composed, () => lowered(2))];
    expect(found.split(' (')[0]).toBe(expected.split(' (')[0]);
  });
});
