import type { Type } from '@wit-ts/model';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyType, valueOf } from './fixtures/arbitrary.ts';
import { Guest, lift, plainOptions } from './fixtures/guest.ts';
import { address, encoding, engines } from './fixtures/value-store.ts';
import { variant } from './fixtures/values.ts';
import { type CanonicalOptions, type CoreFunction, Trap } from './index.ts';

describe.each(engines)('task.return, %s engine', (_, engine) => {
  function taskReturn(
    type: Type | undefined,
    guest: Guest,
    returned: (value: unknown) => void,
    options: Partial<CanonicalOptions> = {},
    peer: 'host' | 'component' = 'host',
  ): CoreFunction {
    const all = { ...plainOptions, memory: guest.address, ...options };
    return engine.taskReturn({ ...(type !== undefined && { type }), options: all, peer }).bind({
      returned,
      instance: guest.instance,
      memory: guest.memory,
      resources: [],
    });
  }

  it('lifts its argument from core values or from memory', () => {
    fc.assert(
      fc.property(
        anyType.chain((type) => fc.tuple(fc.constant(type), valueOf(type))),
        address,
        encoding,
        ([type, value], memory, stringEncoding) => {
          const guest = new Guest(memory);
          const seen: unknown[] = [];
          const call = taskReturn(type, guest, (result) => void seen.push(result), { stringEncoding });
          const params = [{ name: 'it', type }];
          lift(engine, { params }, (...args: never[]) => call(...args), {
            guest,
            options: { stringEncoding },
          })(value);
          expect(seen).toEqual([value]);
        },
      ),
      { numRuns: 400 },
    );
  });

  it('returns nothing when the task has no result', () => {
    const guest = new Guest();
    const seen: unknown[] = [];
    expect(taskReturn(undefined, guest, (value) => void seen.push(value))()).toBeUndefined();
    expect(seen).toEqual([undefined]);
  });

  it('lifts a result as a value and does not throw its err', () => {
    const guest = new Guest();
    const seen: unknown[] = [];
    const type: Type = { kind: { tag: 'result', ok: 'u8', err: 'f32' } };
    const call = taskReturn(type, guest, (value) => void seen.push(value));
    call(0, 7);
    call(1, 0x3f00_0000);
    expect(seen).toEqual([
      { tag: 'ok', val: 7 },
      { tag: 'err', val: 0.5 },
    ]);
  });

  it('traps, and closes the instance, when the arguments are invalid', () => {
    const guest = new Guest();
    const seen: unknown[] = [];
    const call = taskReturn(variant({ a: 'u8', b: undefined }), guest, (value) => void seen.push(value));
    expect(() => call(2, 0)).toThrow(WebAssembly.RuntimeError);
    expect(guest.instance.failure).toBeInstanceOf(Trap);
    expect(guest.instance.failure?.message).toBe(
      'invalid variant discriminant (lifting the arguments of `task.return` for guest)',
    );
    expect(seen).toEqual([]);
  });

  it.each(['i32', 'i64'] as const)(
    'traps when a result in an %s memory is misaligned or out of bounds',
    (memory) => {
      const type: Type = { kind: { tag: 'tuple', types: Array.from({ length: 17 }, () => 'u32' as const) } };
      const core = (ptr: number): number | bigint => (memory === 'i32' ? ptr : BigInt(ptr));
      for (const [ptr, message] of [
        [66, /^unaligned pointer: values must start at a multiple of 4/u],
        [65_536, /^pointer out of bounds of memory/u],
        [-4, /^pointer out of bounds of memory/u],
      ] as const) {
        const guest = new Guest(memory);
        expect(() => taskReturn(type, guest, () => undefined)(core(ptr))).toThrow(WebAssembly.RuntimeError);
        expect(guest.instance.failure?.message).toMatch(message);
      }
    },
  );

  it('traps while the instance may not leave', () => {
    const guest = new Guest();
    guest.instance.mayLeave = false;
    expect(() => taskReturn('u8', guest, () => undefined)(1)).toThrow(WebAssembly.RuntimeError);
    expect(guest.instance.failure?.message).toMatch(/^cannot leave component instance/u);
  });
});
