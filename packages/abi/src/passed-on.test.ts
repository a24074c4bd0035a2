import type { TypeDef } from '@wit-ts/model';
import { describe, expect, it } from 'vitest';
import { ComponentError, type FuncType, passedOn } from './index.ts';

function result(ok: TypeDef | 'u8', err: 'string'): TypeDef {
  return { kind: { tag: 'result', ok, err } } as unknown as TypeDef;
}

const unary: FuncType = { async: false, params: [{ name: 'a', type: 'u8' }], result: 'u8' };
const fallible: FuncType = { async: false, params: [], result: result('u8', 'string') };

function passed(
  type: FuncType,
  call: (...args: readonly unknown[]) => unknown,
): (...args: unknown[]) => unknown {
  return passedOn(type, 'x', call, () => []) as (...args: unknown[]) => unknown;
}

describe('a host function that a component exports', () => {
  it('passes arguments and results of the declared types', () => {
    expect(passed(unary, (a) => Number(a) + 1)(7)).toBe(8);
    expect(passed(fallible, () => 3)()).toBe(3);
    expect(passed({ async: false, params: [] }, () => 'whatever')()).toBe(undefined);
  });

  it.each<[string, () => unknown]>([
    ['x: argument a: expected u8, got "abc"', () => passed(unary, (a) => a)('abc')],
    ['x: result: expected u8, got 300', () => passed(unary, () => 300)(1)],
    ['x: result: expected a value, got a Promise', () => passed(unary, async () => 1)(1)],
    ['x: error: expected a string, got 5', () => passed(fallible, () => fail(5))()],
  ])('throws a TypeError for a value of the wrong type: %s', (message, call) => {
    expect(call).toThrow(TypeError);
    expect(call).toThrow(message);
  });

  it('names its parameters in messages as declarations do, but reserved words as they are', () => {
    const type: FuncType = { async: false, params: [{ name: 'delete', type: 'u8' }] };
    expect(() => passed(type, () => undefined)('x')).toThrow('x: argument delete: expected u8');
  });

  it('returns a promise with the same checks if it is async', async () => {
    const later = passed({ ...unary, async: true }, (a) => (a === 0 ? 300 : a));
    expect(later(7)).toBeInstanceOf(Promise);
    expect(await later(7)).toBe(7);
    await expect(later(0)).rejects.toThrow('x: result: expected u8, got 300');
    await expect(later('abc')).rejects.toThrow('x: argument a: expected u8, got "abc"');
    const refused = passed({ ...fallible, async: true }, async () => fail('bad'));
    await expect(refused()).rejects.toMatchObject({ name: 'ComponentError', payload: 'bad' });
  });

  it('throws a ComponentError for the `err` of its result and rethrows other errors', () => {
    const error = caught(passed(fallible, () => fail('bad')));
    expect(error).toBeInstanceOf(ComponentError);
    expect((error as ComponentError).payload).toBe('bad');
    const fault = new RangeError('no disk');
    expect(caught(passed(fallible, () => fail(fault)))).toBe(fault);
    expect(caught(passed(unary, () => fail('bad')).bind(undefined, 1))).toBe('bad');
  });
});

function fail(error: unknown): never {
  throw error;
}

function caught(call: () => unknown): unknown {
  try {
    return call();
  } catch (error) {
    return error;
  }
}
