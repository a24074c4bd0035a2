import type { Type } from '@wit-ts/model';
import { describe, expect, it } from 'vitest';
import { engines } from './fixtures/engines.ts';
import { Guest, lift, lower } from './fixtures/guest.ts';
import {
  flags,
  option,
  point,
  problem,
  u8List,
  variant,
  UnderstatedBytes,
  OverstatedBytes,
} from './fixtures/values.ts';

describe.each(engines)('lowering unusual host values (%s)', (_, engine) => {
  it('writes discriminants of 0 over old bytes', () => {
    const guest = new Guest();
    guest.bytes.fill(0xff);
    const type = variant({ a: option('u8'), b: 'u64' });
    const call = lower(engine, { params: [], result: type }, () => ({ tag: 'a', val: undefined }), { guest });
    call(128);
    expect(guest.bytes[128]).toBe(0);
    expect(guest.bytes[136]).toBe(0);
  });

  it.each([
    [8, 1],
    [9, 2],
    [16, 2],
    [17, 4],
    [32, 4],
  ])('stores %i flags in %i bytes, the first flag in the lowest bit', (count, size) => {
    const guest = new Guest();
    guest.bytes.fill(0xff);
    const labels = Array.from({ length: count }, (_item, index) => `f${index}`);
    const type: Type = { kind: { tag: 'tuple', types: [flags(...labels), 'u8', 'string'] } };
    const call = lower(
      engine,
      { params: [], result: type },
      () => [{ f0: true, [`f${count - 1}`]: true }, 0, ''],
      { guest },
    );
    call(128);
    const expected = new Uint8Array(size);
    expected[0]! |= 1;
    expected[(count - 1) >> 3]! |= 1 << ((count - 1) & 7);
    expect(guest.bytes.slice(128, 128 + size)).toEqual(expected);
    expect(guest.bytes[128 + size]).toBe(0);
  });

  it.each([
    ['u8', 'with a detached buffer'],
    ['u16', 'with a detached buffer'],
    ['string', 'with a detached buffer'],
    ['u8', 'that lies outside its buffer'],
  ] as const)('refuses, for a list of %s, a typed array %s', (element, how) => {
    const type: Type = { kind: { tag: 'list', element } };
    const buffer = new ArrayBuffer(4, { maxByteLength: 4 });
    const values = [new Uint8Array(buffer, 2, 2), new Uint16Array(buffer, 2, 1)];
    if (how === 'with a detached buffer') buffer.transfer();
    else buffer.resize(2);
    for (const value of values) {
      expect(problem(engine, type, value)).toContain('argument meta: expected a list, got');
    }
  });

  it('writes no more bytes than it allocated when a class reports a wrong length', () => {
    for (const ArrayClass of [UnderstatedBytes, OverstatedBytes]) {
      const guest = new Guest();
      const call = lift(engine, { params: [{ name: 'it', type: u8List }] }, () => undefined, { guest });
      call(new ArrayClass(Uint8Array.of(1, 2, 3).buffer));
      expect(guest.calls).toEqual([[0, 0, 1, 3]]);
    }
  });

  it('reads an iterator again in each call', () => {
    const guest = new Guest();
    const seen: unknown[] = [];
    const call = lift(
      engine,
      { params: [{ name: 'it', type: u8List }] },
      (...args: unknown[]) => void seen.push(args[1]),
      { guest },
    );
    const waiting = [1, 2, 3];
    const queue = {
      [Symbol.iterator]: () => queue,
      next: () => ({ done: waiting.length === 0, value: waiting.shift() }),
    };
    call(queue);
    waiting.push(4);
    call(queue);
    call(queue);
    waiting.push(5, 256);
    expect(() => call(queue)).toThrow('argument it[1]: expected u8, got 256');
    call(queue);
    expect(seen).toEqual([3, 1, 0, 0]);
  });

  it('refuses a value that changes while it is read', () => {
    let reads = 0;
    const changing = {
      get x(): unknown {
        reads += 1;
        // The reference engine checks the value and then reads it again; compiled code checks what it has read.
        return reads % 2 === 0 ? 1 : 'not a number';
      },
      y: 1n,
    };
    expect(problem(engine, point, changing)).toMatch(
      /^process-data: an argument changed|^process-data: argument meta.x/u,
    );
  });
});
