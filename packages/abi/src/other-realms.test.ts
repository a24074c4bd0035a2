import { runInNewContext, runInThisContext } from 'node:vm';
import type { Type, TypeDef } from '@wit-ts/model';
import { describe, expect, it } from 'vitest';
import { engines } from './fixtures/engines.ts';
import { Guest, lift, lower } from './fixtures/guest.ts';
import { list, result, tuple } from './fixtures/types.ts';
import { Trap } from './trap.ts';

/** Values of an iframe, of `node:vm`, or of a test environment, whose classes are not those of the library. */

const option = (type: Type): TypeDef => ({ kind: { tag: 'option', type } });
const record: TypeDef = {
  kind: {
    tag: 'record',
    fields: [
      { name: 'id', type: 'u64' },
      { name: 'tags', type: list('string') },
    ],
  },
};
const optional: TypeDef = {
  kind: { tag: 'record', fields: [{ name: 'born', type: option('u32') }] },
};
const variant: TypeDef = {
  kind: { tag: 'variant', cases: [{ name: 'none' }, { name: 'some', type: list('u16') }] },
};
const flags: TypeDef = { kind: { tag: 'flags', flags: [{ name: 'a' }, { name: 'b' }] } };
const map: TypeDef = { kind: { tag: 'map', key: 'string', value: 'u32' } };
const triple: TypeDef = { kind: { tag: 'fixed-length-list', element: 'u8', length: 3 } };

const values: readonly (readonly [code: string, type: Type])[] = [
  ['new Uint8Array([1, 2, 3])', list('u8')],
  ['new (class extends Uint8Array {})([1, 2, 3])', list('u8')],
  ['new Uint8Array(new SharedArrayBuffer(3)).fill(7)', list('u8')],
  ['new Uint8Array([9, 1, 2, 9]).subarray(1, 3)', list('u8')],
  ['new Int16Array([-1, 2])', list('s16')],
  ['new BigUint64Array([1n, 2n ** 64n - 1n])', list('u64')],
  ['new Float32Array([1.5, NaN])', list('f32')],
  ['new Float64Array([1.5, -0])', list('f64')],
  ['new Uint8Array([1, 2, 3])', list('u32')],
  ['[1, 2, 3]', list('u8')],
  ['["a", "ü"]', list('string')],
  ['new Set(["a", "b"])', list('string')],
  ['(function* () { yield "a"; yield "b"; })()', list('string')],
  ['new Map([["a", 1], ["b", 2]])', map],
  ['new (class extends Map {})([["a", 1]])', map],
  ['[["a", 1]]', map],
  ['({ id: 5n, tags: ["x"] })', record],
  ['new (class { id = 5; tags = new Set(["x"]) })()', record],
  ['({})', optional],
  ['({ born: 1999 })', optional],
  ['({ tag: "some", val: new Uint16Array([1, 2]) })', variant],
  ['({ a: true })', flags],
  ['[1, "b"]', tuple('u8', 'string')],
  ['new Uint8Array([1, 2, 3])', triple],
];

describe.each(engines)('a value of another realm (%s)', (_, engine) => {
  it.each(values)('is lowered like one of this realm: %s', (code, type) => {
    const lowered = (value: unknown): unknown => {
      const guest = new Guest();
      const cores: unknown[] = [];
      const params = [{ name: 'value', type }];
      const call = lift(engine, { params }, (...args: never[]) => void cores.push(...args), { guest });
      call(value);
      return [cores, guest.calls, guest.image()];
    };
    expect(lowered(runInNewContext(code))).toEqual(lowered(runInThisContext(code)));
  });

  it.each<[string, Type, string]>([
    ['new Date(0)', optional, 'argument value: expected an object, got an object of the class Date'],
    [
      'new ArrayBuffer(3)',
      list('u8'),
      'argument value: expected a list, got an object of the class ArrayBuffer',
    ],
    ['Promise.resolve(1)', 'u32', 'argument value: expected u32, got a Promise'],
    ['new Map()', flags, 'argument value: expected an object of booleans, got an object of the class Map'],
    ['[1]', optional, 'argument value: expected an object, got an array of 1 element'],
    ['new Uint8Array(2)', triple, 'argument value: expected a list of exactly 3 elements'],
  ])('is refused like one of this realm: %s', (code, type, message) => {
    const call = lift(engine, { params: [{ name: 'value', type }] }, () => undefined);
    expect(() => call(runInThisContext(code))).toThrow(message);
    expect(() => call(runInNewContext(code))).toThrow(message);
  });

  /** Returns the error, or the memory with the result, of a call of a host function that throws. */
  function throwing(code: string, type?: Type): unknown {
    const guest = new Guest();
    const callee = runInNewContext(`() => { throw ${code} }`, { DOMException }) as () => unknown;
    const core = lower(engine, { params: [], ...(type && { result: type }) }, callee, { guest });
    const call = lift(engine, { params: [] }, () => void core(32), { guest });
    try {
      call();
    } catch (error) {
      return error;
    }
    return guest.bytes[32];
  }

  it.each([
    'new Error("disk full")',
    'new (class DiskError extends Error {})("disk full")',
    'new DOMException("disk full")',
  ])('is the cause of a trap if a host function throws it, whether it may fail or not: %s', (code) => {
    for (const type of [undefined, result('u32', 'string')]) {
      const trap = throwing(code, type) as Trap;
      expect(trap).toBeInstanceOf(Trap);
      expect(trap.message).toContain("the host's function threw: disk full (called by guest)");
    }
  });

  it.each(['Object.assign(new Error("x"), { payload: "gone" })', '"gone"', 'new String("gone").valueOf()'])(
    'is the err of a result if a host function throws it as a payload: %s',
    (code) => {
      expect(throwing(code, result('u32', 'string'))).toBe(1);
    },
  );
});
