import type { Type } from '@wit-ts/model';
import { describe, expect, it } from 'vitest';
import { jsTypeOf, settlementOf } from './index.ts';

function future(payload?: Type): Type {
  return { kind: { tag: 'future', ...(payload === undefined ? {} : { payload }) } };
}

function stream(payload?: Type): Type {
  return { kind: { tag: 'stream', ...(payload === undefined ? {} : { payload }) } };
}

function result(ok?: Type, err?: Type): Type {
  return {
    kind: { tag: 'result', ...(ok === undefined ? {} : { ok }), ...(err === undefined ? {} : { err }) },
  };
}

const alias = (type: Type): Type => ({ kind: { tag: 'alias', type } });
const option = (type: Type): Type => ({ kind: { tag: 'option', type } });

describe('settlementOf', () => {
  it.each<[string, Type | undefined, Type | undefined, readonly unknown[]]>([
    ['nothing for a future without a value', future(), undefined, []],
    ['the value of a future', future('u8'), 'u8', []],
    ['the ok of a result', future(result('u8', 'string')), 'u8', [{ payload: 'string' }]],
    ['nothing for a result without ok', future(result()), undefined, [{}]],
    ['the value of a future in a future', future(alias(future('u8'))), 'u8', []],
    [
      'the value of a future in a result',
      alias(future(alias(result(future(result('u8')), 'string')))),
      'u8',
      [{ payload: 'string' }, {}],
    ],
    ['a value that is not a future', 'u8', 'u8', []],
    ['nothing for no value', undefined, undefined, []],
  ])('says %s', (_, type, value, thrown) => {
    expect(settlementOf(type)).toEqual({ value, thrown });
  });

  it('keeps a result in any other position as a value', () => {
    const inner = option(result('u8', 'string'));
    expect(settlementOf(future(inner))).toEqual({ value: inner, thrown: [] });
    const twice = result(result('u8'), 'string');
    expect(settlementOf(future(twice))).toEqual({ value: result('u8'), thrown: [{ payload: 'string' }] });
  });

  it('survives types that nest deeper than a stack', () => {
    let type: Type = 'u8';
    for (let depth = 0; depth < 100_000; depth += 1) type = future(type);
    expect(settlementOf(type)).toEqual({ value: 'u8', thrown: [] });
  });
});

describe('jsTypeOf a stream', () => {
  it.each<[string, Type | undefined, string | undefined]>([
    ['chunks of bytes', 'u8', 'Uint8Array'],
    ['chunks of numbers through an alias', alias('s64'), 'BigInt64Array'],
    ['no chunks of booleans', 'bool', undefined],
    ['no chunks of lists', { kind: { tag: 'list', element: 'u8' } }, undefined],
    ['no chunks without an element type', undefined, undefined],
  ])('has %s', (_, element, chunk) => {
    expect(jsTypeOf(stream(element))).toEqual({ tag: 'stream', element, chunk });
  });
});
