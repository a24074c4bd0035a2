import { runInNewContext } from 'node:vm';
import type { Type } from '@wit-ts/model';
import { describe, expect, it } from 'vitest';
import { engines } from './fixtures/engines.ts';
import { Guest, lower } from './fixtures/guest.ts';
import { claiming, list, map } from './fixtures/lying-values.ts';
import { option, record } from './fixtures/values.ts';

describe.each(engines)('a host function that lies (%s)', (_, engine) => {
  /** Returns the error of an instance whose host function returned or threw a value. */
  function failureOf(result: Type, callee: () => unknown): Error & { cause?: unknown } {
    const guest = new Guest();
    expect(() => lower(engine, { params: [], result }, callee, { guest })(1024)).toThrow();
    return guest.instance.failure!;
  }

  it('is refused a list whose length is not a length', () => {
    for (const length of [-1, 0.5, NaN, '1']) {
      expect(failureOf(list('u32'), () => claiming([1], () => length)).message).toContain(
        'result: expected a list, got',
      );
    }
  });

  it('is named as the cause when a getter throws while its result is read', () => {
    const mine = new Error('mine');
    const key = ['th', 'en'].join('');
    const thrower = Object.defineProperty({}, key, {
      get: () => {
        throw mine;
      },
    });
    for (const result of [
      'u32',
      'string',
      list('u8'),
      record(Object.fromEntries([[key, option('u8')]])),
      option('u8'),
      map('u8', 'u8'),
    ] as const) {
      for (const value of [
        thrower,
        new Proxy(
          {},
          {
            get: () => {
              throw mine;
            },
            has: () => {
              throw mine;
            },
          },
        ),
      ]) {
        const failure = failureOf(result, () => value);
        expect(failure.message).not.toContain('Symbol');
        if (failure.name === 'Trap') expect(failure.cause).toBe(mine);
      }
    }
    expect(failureOf('u32', () => thrower).cause).toBe(mine);
  });

  it.each<[string, unknown]>([
    ['a symbol', Symbol('s')],
    ['a function', () => 1],
    ['a class', Map],
    ['an exception of core wasm', new WebAssembly.Exception(new WebAssembly.Tag({ parameters: [] }), [])],
    ['an error', new RangeError('r')],
    ['an error of another realm', runInNewContext("new Error('other')")],
  ])('has failed, and has not returned an `err`, when it throws %s', (_name, thrown) => {
    const results: Type[] = [
      { kind: { tag: 'result' } },
      { kind: { tag: 'result', ok: 'u8' } },
      { kind: { tag: 'result', err: 'string' } },
    ];
    for (const result of results) {
      const failure = failureOf(result, () => {
        throw thrown;
      });
      expect(failure.message).toContain("the host's function threw");
      expect(failure.cause).toBe(thrown);
    }
  });

  it('has returned an `err` when it throws anything else', () => {
    for (const thrown of [undefined, null, 5, 'text', {}, [], { payload: 1 }]) {
      const guest = new Guest();
      const fail = (): never => {
        throw thrown;
      };
      expect(lower(engine, { params: [], result: { kind: { tag: 'result' } } }, fail, { guest })()).toBe(1);
    }
  });
});
