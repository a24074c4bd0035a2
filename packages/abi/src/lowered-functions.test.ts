import { thrown } from '@wit-ts/dev-support/thrown';
import type { Type, TypeDef } from '@wit-ts/model';
import { describe, expect, it } from 'vitest';
import { engines } from './fixtures/engines.ts';
import { Guest, lift, lower } from './fixtures/guest.ts';
import { result } from './fixtures/types.ts';
import { ResourceHandle } from './handle-table.ts';
import { ComponentInstance } from './instance.ts';
import { makeResource } from './resource-class.ts';
import { ResourceType } from './resource-type.ts';
import { ComponentError, Trap } from './trap.ts';

/** Returns the error that a call throws. */
// (module (import "" "f" (func $f))
//   (func (export "run") (result i32)
//     (block $caught (try_table (catch_all $caught) (call $f)) (return (i32.const 1)))
//     (i32.const 2)))
const catchAll = Uint8Array.from(
  (
    '0061736d010000000108026000006000017f0206010001660000030201010707' +
    '010372756e00010a1401120002401f4001020010000b41010f0b41020b'
  ).match(/../gu)!,
  (byte) => Number.parseInt(byte, 16),
);

const failing = (): never => {
  throw new ComponentError('gone');
};

describe.each(engines)('a lowered function (%s)', (_, engine) => {
  /** Returns a function of a guest that calls a host function with the given core values. */
  function fromGuest(
    guest: Guest,
    type: Parameters<typeof lower>[1],
    callee: (...args: never[]) => unknown,
    ...args: (number | bigint)[]
  ): () => unknown {
    const core = lower(engine, type, callee, { guest });
    return lift(engine, { params: [] }, () => void core(...args), { guest });
  }

  it('traps when the host throws an error, which becomes the cause', () => {
    const guest = new Guest();
    const cause = new Error('no connection');
    const call = fromGuest(guest, { params: [] }, () => {
      throw cause;
    });
    const error = thrown(call) as Trap;
    expect(error).toBeInstanceOf(Trap);
    expect(error.message).toBe(
      "example:service/store#get: the host's function threw: no connection (called by guest)",
    );
    expect(error.cause).toBe(cause);
    expect(String(thrown(call))).toContain('cannot enter component instance');
  });

  it.each([
    ['a ComponentError', new ComponentError('gone')],
    ['an error with a payload', Object.assign(new Error('x'), { payload: 'gone' })],
    ['a thrown string', 'gone'],
  ])('returns %s as the err of its result', (_name, payload) => {
    const guest = new Guest();
    const call = fromGuest(
      guest,
      { params: [], result: result(undefined, 'string') },
      () => {
        // oxlint-disable-next-line no-throw-literal
        throw payload;
      },
      32,
    );
    call();
    const view = new DataView(guest.bytes.buffer);
    expect(view.getUint8(32)).toBe(1);
    const ptr = view.getUint32(36, true);
    expect(new TextDecoder().decode(guest.bytes.subarray(ptr, ptr + view.getUint32(40, true)))).toBe('gone');
  });

  it('returns what the host throws as the err of a result that has a name, or is an alias of one', () => {
    const named: TypeDef = { name: 'outcome', ...(result('u8', 'string') as TypeDef) };
    const alias: TypeDef = { name: 'drawn', kind: { tag: 'alias', type: named } };
    for (const type of [named, alias]) {
      const guest = new Guest();
      fromGuest(guest, { params: [], result: type }, failing, 32)();
      expect(guest.bytes[32]).toBe(1);
      fromGuest(guest, { params: [], result: type }, () => 7, 32)();
      expect([...guest.bytes.subarray(32, 37)]).toEqual([0, 0, 0, 0, 7]);
      guest.bytes[64] = 9;
      const call = lift(engine, { params: [], result: type }, () => 60, { guest });
      expect(call()).toBe(9);
    }
  });

  it('traps when the host throws an error without a payload, even if its result has an err', () => {
    const call = fromGuest(
      new Guest(),
      { params: [], result: result('u8', 'string') },
      () => {
        throw new TypeError('a fault of the host');
      },
      32,
    );
    expect(String(thrown(call))).toContain("the host's function threw: a fault of the host");
  });

  it.each([
    ['u32', 1.5, 'result: expected u32, got 1.5'],
    ['u8', 300, 'result: expected u8, got 300'],
    ['string', undefined, 'result: expected a string, got undefined'],
    [
      'u32',
      Promise.resolve(1),
      'result: expected a value, got a Promise (a synchronous function cannot wait for it); ' +
        "`suspend: ['example:service/store#get']` lets it wait",
    ],
  ] as const)(
    'throws a TypeError when the result is a %s and the host returns %s',
    (type, value, message) => {
      const call = fromGuest(new Guest(), { params: [], result: type }, () => value, 32);
      const error = thrown(call);
      expect(error).toBeInstanceOf(TypeError);
      expect(String(error)).toBe(`TypeError: example:service/store#get: ${message}`);
    },
  );

  it('throws a TypeError when a host function without a value returns a promise', () => {
    expect(thrown(fromGuest(new Guest(), { params: [] }, () => Promise.resolve()))).toBeInstanceOf(TypeError);
    const unit = { params: [], result: result(undefined, 'string') };
    expect(thrown(fromGuest(new Guest(), unit, () => Promise.resolve(), 32))).toBeInstanceOf(TypeError);
  });

  it('names the part of an err that has the wrong type', () => {
    const record: Type = { kind: { tag: 'record', fields: [{ name: 'error-code', type: 'u8' }] } };
    const call = fromGuest(
      new Guest(),
      { params: [], result: result('u8', record) },
      () => {
        throw new ComponentError({ errorCode: 256 });
      },
      32,
    );
    expect(String(thrown(call))).toBe(
      'TypeError: example:service/store#get: error.errorCode: expected u8, got 256',
    );
  });

  it('traps while the instance may not leave', () => {
    const guest = new Guest();
    let called = false;
    const core = lower(engine, { params: [] }, () => void (called = true), { guest });
    const call = lift(engine, { params: [], result: 'u8' }, () => 1, {
      guest,
      postReturn: () => core(),
    });
    expect(String(thrown(call))).toBe(
      'Trap: cannot leave component instance (lifting the arguments of `example:service/store#get` for guest)',
    );
    expect(called).toBe(false);
  });

  it('calls a method on its first argument, and a constructor with new', () => {
    class Point {
      readonly x: number;
      constructor(x: number) {
        this.x = x;
      }
    }
    const record: Type = { kind: { tag: 'record', fields: [{ name: 'x', type: 'u32' }] } };
    const made = lower(engine, { params: [{ name: 'x', type: 'u32' }], result: record }, Point, {
      style: { tag: 'new' },
    });
    expect((made(-1)! as number) >>> 0).toBe(0xffff_ffff);
    const text = lower(engine, { params: [{ name: 'self', type: 'f64' }], result: 'u32' }, undefined, {
      style: { tag: 'method', name: 'valueOf' },
    });
    expect(text(7)).toBe(7);
  });

  it('passes large arguments and results through memory', () => {
    const guest = new Guest();
    const type: Type = { kind: { tag: 'fixed-length-list', element: 'u8', length: 17 } };
    const call = lower(
      engine,
      { params: [{ name: 'it', type }], result: type },
      (given: number[]) => given.map((item) => item + 1),
      { guest },
    );
    guest.bytes.fill(7, 100, 117);
    call(100, 200);
    expect([...guest.bytes.subarray(199, 218)]).toEqual([0, ...Array.from({ length: 17 }, () => 8), 0]);
  });

  it('leaves resources with the host when another part of the result has the wrong type', () => {
    const stream: TypeDef = { name: 'stream', kind: { tag: 'resource' } };
    const own: Type = { kind: { tag: 'own', resource: stream } };
    const guest = new Guest();
    const dropped: number[] = [];
    const other = ResourceType.ofGuest('stream', new ComponentInstance('other'), (rep) => dropped.push(rep));
    const object = makeResource(other, new ResourceHandle(other, 7, true, undefined));
    const type: Type = { kind: { tag: 'tuple', types: [own, 'u8'] } };
    const call = lower(engine, { params: [], result: type }, () => [object, 256], {
      guest,
      resources: [other],
    });
    expect(() => call(64)).toThrow();
    expect(guest.instance.failure?.message).toContain('result[1]: expected u8, got 256');
    (object as Disposable)[Symbol.dispose]();
    expect(dropped).toEqual([7]);
  });

  it('prevents the guest from catching an error of the host', () => {
    const guest = new Guest();
    const f = lower(
      engine,
      { params: [] },
      () => {
        throw new Error('no');
      },
      { guest },
    );
    const module = new WebAssembly.Module(catchAll);
    const { run } = new WebAssembly.Instance(module, { '': { f } }).exports as { run: () => number };
    const caught = new WebAssembly.Instance(module, {
      '': {
        f: () => {
          throw new Error('no');
        },
      },
    }).exports as { run: () => number };
    // Without a lowered function between them, the guest does catch an error of JavaScript.
    expect(caught.run()).toBe(2);
    expect(thrown(lift(engine, { params: [], result: 'u32' }, run, { guest }))).toBeInstanceOf(Trap);
  });

  it('rethrows the trap of another component unchanged', () => {
    const trap = new Trap('wasm trap: unreachable');
    const call = fromGuest(new Guest(), { params: [] }, () => {
      throw trap;
    });
    expect(thrown(call)).toBe(trap);
  });
});
