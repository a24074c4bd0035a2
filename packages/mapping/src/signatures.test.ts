import type { Func, Type } from '@wit-ts/model';
import { describe, expect, it } from 'vitest';
import { signatureOf, type CallStyle } from './index.ts';

function func(params: Record<string, Type>, change: Partial<Func> = {}): Func {
  const list = Object.entries(params).map(([name, type]) => ({ name, type }));
  return { name: 'f', kind: { tag: 'freestanding' }, async: false, params: list, ...change };
}

function result(ok?: Type, err?: Type): Type {
  return {
    kind: { tag: 'result', ...(ok === undefined ? {} : { ok }), ...(err === undefined ? {} : { err }) },
  };
}

describe('signatureOf', () => {
  it('gives parameters distinct names that JavaScript allows', () => {
    const { parameters } = signatureOf(func({ 'a-1': 'u8', a1: 'u8', delete: 'u8', this: 'u8' }), 'function');
    expect(parameters.map(({ name }) => name)).toEqual(['a1', 'a1$1', 'delete_', 'this_']);
  });

  it.each<[CallStyle, number]>([
    ['function', 2],
    ['static', 2],
    ['constructor', 2],
    ['method', 1],
  ])('lists the arguments of a %s', (style, count) => {
    expect(signatureOf(func({ self: 'u8', p: 'u8' }), style).parameters).toHaveLength(count);
  });

  it.each<[string, Type | undefined, Type | undefined, unknown]>([
    ['nothing', undefined, undefined, undefined],
    ['a value', 'u8', 'u8', undefined],
    ['the ok of a result', result('u8', 'string'), 'u8', { payload: 'string' }],
    ['nothing for a result without ok', result(undefined, 'string'), undefined, { payload: 'string' }],
    ['the ok of a result that throws no payload', result('u8'), 'u8', {}],
    ['nothing for a result without sides', result(), undefined, {}],
    ['the ok of an alias of a result', { kind: { tag: 'alias', type: result('u8') } }, 'u8', {}],
  ])('returns %s', (_, type, value, thrown) => {
    const signature = signatureOf(func({}, type === undefined ? {} : { result: type }), 'function');
    expect(signature).toMatchObject({ value, thrown });
  });

  it('keeps a result in any other position as a value', () => {
    const option: Type = { kind: { tag: 'option', type: result('u8') } };
    expect(signatureOf(func({}, { result: option }), 'function')).toMatchObject({
      value: option,
      thrown: undefined,
    });
  });

  it('makes an async function return a promise', () => {
    expect(signatureOf(func({}, { async: true }), 'function').call).toBe('promise');
    expect(signatureOf(func({}), 'function').call).toBe('at-once');
  });
});
