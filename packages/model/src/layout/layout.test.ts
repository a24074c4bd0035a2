import type { Type } from '../types.ts';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { flattenFunctype } from './flatten-functype.ts';
import { flattenType } from './flatten.ts';
import { elemSize } from './elem-size.ts';
import { alignment, joinFlat, type FlatType } from './layout.ts';

const { type: anyType } = fc.letrec<{ type: Type }>((tie) => ({
  type: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    fc.constantFrom<Type>('bool', 'u8', 's16', 'u32', 's64', 'f32', 'f64', 'char', 'string'),
    tie('type').map((element): Type => ({ kind: { tag: 'list', element } })),
    tie('type').map((type): Type => ({ kind: { tag: 'option', type } })),
    fc
      .array(tie('type'), { minLength: 1, maxLength: 5 })
      .map((types): Type => ({ kind: { tag: 'tuple', types } })),
    fc
      .array(fc.option(tie('type'), { nil: undefined }), { minLength: 1, maxLength: 5 })
      .map((types) => variant(...types)),
    fc
      .record({ ok: tie('type'), err: tie('type') })
      .map((sides): Type => ({ kind: { tag: 'result', ...sides } })),
  ),
}));

function variant(...types: (Type | undefined)[]): Type {
  return {
    kind: {
      tag: 'variant',
      cases: types.map((type, index) => ({ name: `c${index}`, ...(type && { type }) })),
    },
  };
}

function enumOf(count: number): Type {
  return {
    kind: { tag: 'enum', cases: Array.from({ length: count }, (_, index) => ({ name: `e${index}` })) },
  };
}

function flags(count: number): Type {
  return {
    kind: { tag: 'flags', flags: Array.from({ length: count }, (_, index) => ({ name: `f${index}` })) },
  };
}

function tuple(length: number): Type {
  return { kind: { tag: 'tuple', types: Array.from({ length }, () => 'u8' as const) } };
}

describe('layout', () => {
  it.each<[Type, number, number, number, number]>([
    ['bool', 1, 1, 1, 1],
    ['s64', 8, 8, 8, 8],
    ['char', 4, 4, 4, 4],
    ['string', 8, 4, 16, 8],
    [{ kind: { tag: 'list', element: 'u8' } }, 8, 4, 16, 8],
    [{ kind: { tag: 'tuple', types: ['u8', 'u32', 'u8'] } }, 12, 4, 12, 4],
    [{ kind: { tag: 'fixed-length-list', element: 'u16', length: 3 } }, 6, 2, 6, 2],
    [variant('u8', 'u64'), 16, 8, 16, 8],
    [variant(undefined, 'f64', 'string'), 16, 8, 24, 8],
    [enumOf(256), 1, 1, 1, 1],
    [enumOf(257), 2, 2, 2, 2],
    [enumOf(65_537), 4, 4, 4, 4],
    [flags(8), 1, 1, 1, 1],
    [flags(9), 2, 2, 2, 2],
    [flags(17), 4, 4, 4, 4],
  ])('%#', (type, size, align, size64, align64) => {
    expect([elemSize(type, 'i32'), alignment(type, 'i32')]).toEqual([size, align]);
    expect([elemSize(type, 'i64'), alignment(type, 'i64')]).toEqual([size64, align64]);
  });

  it('has sizes that are multiples of the alignment', () => {
    fc.assert(
      fc.property(anyType, (type) => {
        for (const address of ['i32', 'i64'] as const) {
          expect(elemSize(type, address) % alignment(type, address)).toBe(0);
          expect(elemSize(type, address)).toBeGreaterThan(0);
        }
      }),
    );
  });
});

describe('flattening', () => {
  it('joins the core types that cases have at the same position', () => {
    expect(flattenType(variant('f32', 'u32'), 'i32')).toEqual(['i32', 'i32']);
    expect(flattenType(variant('f32', 'f32'), 'i32')).toEqual(['i32', 'f32']);
    expect(flattenType(variant('f64', 'string'), 'i32')).toEqual(['i32', 'i64', 'i32']);
  });

  it('has a join that is commutative and idempotent', () => {
    const types = fc.constantFrom<FlatType>('i32', 'i64', 'f32', 'f64');
    fc.assert(
      fc.property(types, types, (a, b) => {
        expect(joinFlat(a, b)).toBe(joinFlat(b, a));
        expect(joinFlat(a, a)).toBe(a);
      }),
    );
  });

  it('returns nothing for more than 16 core values', () => {
    expect(flattenType(tuple(16), 'i32')).toHaveLength(16);
    expect(flattenType(tuple(17), 'i32')).toBeUndefined();
  });

  it('decides which parameters and results go through memory', () => {
    const options = {
      stringEncoding: 'utf8',
      memory: 'i32',
      realloc: true,
      postReturn: false,
      async: false,
      callback: false,
    } as const;
    const params = Array.from({ length: 17 }, (_, index) => ({ name: `p${index}`, type: 'u8' as const }));
    const type = { params, result: 'string' as const, async: false };
    expect(flattenFunctype(options, type, 'lift')).toMatchObject({ params: ['i32'], results: ['i32'] });
    expect(flattenFunctype(options, type, 'lower')).toMatchObject({ params: ['i32', 'i32'], results: [] });
    const async = { ...options, async: true };
    const five = { ...type, params: params.slice(0, 5) };
    expect(flattenFunctype(async, five, 'lower')).toMatchObject({ params: ['i32', 'i32'], results: ['i32'] });
    expect(flattenFunctype(async, five, 'lift').params).toHaveLength(5);
  });
});
