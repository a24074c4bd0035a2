import type { Type, TypeDefKind } from '@wit-ts/model';
import { describe, expect, it } from 'vitest';
import { readExpressions } from './s-expressions.ts';
import { scriptValueToJs } from './script-value-to-js.ts';
import { readValue } from './script-values.ts';

function js(text: string, type?: Type): unknown {
  const [node] = readExpressions(text);
  if (node === undefined) throw new Error('no expression');
  return scriptValueToJs(readValue(node), type);
}

const of = (kind: TypeDefKind): Type => ({ kind });

describe('values of scripts in JavaScript', () => {
  it.each<[string, unknown]>([
    ['(bool.const true)', true],
    ['(u8.const 0xff)', 255],
    ['(s32.const -1)', -1],
    ['(u64.const 18446744073709551615)', 2n ** 64n - 1n],
    ['(s64.const -5)', -5n],
    ['(f32.const 0.1)', Math.fround(0.1)],
    ['(f64.const -inf)', -Infinity],
    ['(char.const "⛳")', '⛳'],
    ['(str.const "a\\u{300}")', 'a\u0300'],
    ['(list.const (u8.const 1) (u8.const 2))', [1, 2]],
    ['(tuple.const (u8.const 1) (str.const "a"))', [1, 'a']],
    ['(enum.const "a-b")', 'a-b'],
    ['(flags.const "a-b")', { aB: true }],
    ['(variant.const "a-b")', { tag: 'a-b' }],
    ['(variant.const "a" (u8.const 1))', { tag: 'a', val: 1 }],
    ['(option.none)', undefined],
    ['(option.some (u8.const 1))', 1],
    ['(option.some (option.none))', { tag: 'some', val: undefined }],
    ['(result.ok)', { tag: 'ok' }],
    ['(result.err (u8.const 1))', { tag: 'err', val: 1 }],
    ['(record.const (field "a-b" u8.const 1) (field "c" (u8.const 2)))', { aB: 1, c: 2 }],
    ['(map.const (entry (str.const "a") (u8.const 1)))', new Map([['a', 1]])],
  ])('converts %s', (text, value) => {
    expect(js(text)).toEqual(value);
  });

  it('adds the flags that are not set when the type is known', () => {
    const type = of({ tag: 'flags', flags: [{ name: 'a' }, { name: 'b' }] });
    expect(js('(flags.const "b")', type)).toEqual({ a: false, b: true });
  });

  it('tags the outer of two nested options when the type is known', () => {
    const nested = of({ tag: 'option', type: of({ tag: 'option', type: 'u8' }) });
    const list = of({ tag: 'list', element: nested });
    expect(js('(list.const (option.none) (option.some (option.some (u8.const 1))))', list)).toEqual([
      { tag: 'none' },
      { tag: 'some', val: 1 },
    ]);
  });

  it('keeps every pair of a map that is written as a list', () => {
    const type = of({ tag: 'map', key: 'u8', value: of({ tag: 'flags', flags: [{ name: 'f' }] }) });
    const text =
      '(list.const (tuple.const (u8.const 1) (flags.const)) (tuple.const (u8.const 1) (flags.const "f")))';
    expect(js(text, type)).toEqual([
      [1, { f: false }],
      [1, { f: true }],
    ]);
  });

  it('resolves names and aliases', () => {
    const nested = of({ tag: 'option', type: of({ tag: 'alias', type: of({ tag: 'option', type: 'u8' }) }) });
    expect(js('(option.none)', of({ tag: 'alias', type: nested }))).toEqual({ tag: 'none' });
  });
});
