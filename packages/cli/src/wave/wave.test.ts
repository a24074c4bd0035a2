import { worldOf, type Type } from '@wit-ts/model';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseArguments, parseWave } from './parse.ts';
import { printResult, printWave } from './print.ts';

/** A type from its WIT, with some named types around. */
function typeOf(text: string): Type {
  const world = worldOf({
    world: 'w',
    imports: {
      color: 'enum { red, green, none }',
      point: 'record { x: f64, the-y: option<u8> }',
      perms: 'flags { read, write-all, %ok }',
      shape: 'variant { empty, circle(f32), at(point) }',
      all: 'record { a: option<u8>, b: option<option<u8>> }',
      twice: 'option<option<u8>>',
      t: text,
    },
    exports: {},
  });
  const item = world.imports.get('t');
  if (item?.tag !== 'type') throw new Error('a type');
  return item.type;
}

describe('WAVE', () => {
  it.each<[string, string, unknown, string?]>([
    ['bool', 'true', true],
    ['u8', '255', 255],
    ['s64', '-9223372036854775808', -(2n ** 63n)],
    ['f64', '6.022e+23', 6.022e23],
    ['f64', '-inf', -Infinity],
    ['f32', 'nan', NaN],
    ['f64', '-0', -0],
    ['char', "'☃'", '☃'],
    ['char', "'\\''", "'"],
    ['string', '"a\\t\\"\\u{1F600}\'"', 'a\t"😀\'', '"a\\t\\"😀\'"'],
    ['string', '"""\n  one\n    two\n  """', 'one\n  two', '"one\\n  two"'],
    ['list<u8>', '[1, 2, 3]', [1, 2, 3]],
    ['list<u8>', ' [ 1 , 2, // two\n ] ', [1, 2], '[1, 2]'],
    ['list<u8, 2>', '[1, 2]', [1, 2]],
    ['tuple<u8, string>', '(1, "a")', [1, 'a']],
    ['map<string, u8>', '[("a", 1)]', new Map([['a', 1]])],
    ['color', 'green', 'green'],
    ['color', '%none', 'none'],
    ['point', '{x: 1.5, the-y: some(2)}', { x: 1.5, theY: 2 }],
    ['point', '{the-y: 2, x: 1}', { x: 1, theY: 2 }, '{x: 1, the-y: some(2)}'],
    ['point', '{x: 1}', { x: 1, theY: undefined }],
    ['all', '{:}', { a: undefined, b: { tag: 'none' } }],
    ['perms', '{read, %ok}', { read: true, writeAll: false, ok: true }],
    ['perms', '{}', { read: false, writeAll: false, ok: false }],
    ['shape', 'empty', { tag: 'empty' }],
    ['shape', 'at({x: 1})', { tag: 'at', val: { x: 1, theY: undefined } }],
    ['option<string>', '"flat"', 'flat', 'some("flat")'],
    ['option<u8>', 'none', undefined],
    ['option<option<u8>>', 'some(none)', { tag: 'some', val: undefined }],
    ['option<option<u8>>', 'some(some(1))', { tag: 'some', val: 1 }],
    ['option<option<option<u8>>>', 'none', undefined],
    ['option<option<option<u8>>>', 'some(none)', { tag: 'none' }],
    ['option<option<option<u8>>>', 'some(some(none))', { tag: 'some', val: undefined }],
    ['option<option<option<u8>>>', 'some(some(some(1)))', { tag: 'some', val: 1 }],
    ['option<twice>', 'none', undefined],
    ['option<twice>', 'some(none)', { tag: 'none' }],
    ['result<u8, string>', 'ok(1)', { tag: 'ok', val: 1 }],
    ['result<u8, string>', '1', { tag: 'ok', val: 1 }, 'ok(1)'],
    ['result<_, string>', 'ok', { tag: 'ok' }],
    ['result<_, string>', 'err("no")', { tag: 'err', val: 'no' }],
  ])('%s: %s', (type, text, value, printed = text) => {
    expect(parseWave(text, typeOf(type))).toEqual(value);
    expect(printWave(value, typeOf(type))).toBe(printed);
  });

  it.each([
    ['u8', '256', 'expected a u8, from 0 to 255, found `256`'],
    ['u8', '1.5', 'expected a u8, from 0 to 255'],
    ['u64', '-1', 'expected a u64'],
    ['bool', 'yes', 'expected `true` or `false`, found `yes`'],
    ['char', "'ab'", 'expected a character'],
    ['string', '"open', 'a quote is never closed'],
    ['string', '"\\q"', 'unknown escape'],
    ['string', '"\\u{d800}"', 'unknown escape'],
    ['list<u8>', '[1 2]', 'expected `,` or `]`, found `2`'],
    ['list<u8, 2>', '[1]', 'expected a list of 2 elements, found 1'],
    ['color', 'blue', '`blue` is not a case: the cases are `'],
    ['color', 'none', '`none` as a name is written `%none`'],
    ['point', '{y: 1}', '`y` is not a field: '],
    ['point', '{x: 1, x: 2}', 'the field `x` appears twice'],
    ['point', '{}', 'the field `x` is missing'],
    ['perms', '{fly}', '`fly` is not a flag: the flags are `'],
    ['result<_, string>', '1', 'expected `ok` or `err`'],
    ['u8', '1 2', 'expected the end, found `2`'],
    ['u8', '', 'expected a u8, found the end'],
    ['stream<u8>', '1', 'expected `[`'],
    ['stream', '[]', 'a stream without an element type has no text'],
    ['future', '1', 'a future without a type has no text'],
  ])('refuses %s: %s', (type, text, message) => {
    expect(() => parseWave(text, typeOf(type))).toThrow(message);
  });

  it('reads back any text that it prints', () => {
    const string = typeOf('list<tuple<string, char, f64, s64>>');
    const row = fc.tuple(
      fc.string({ unit: 'binary-ascii' }),
      fc.string({ unit: 'binary-ascii', minLength: 1, maxLength: 1 }),
      fc.double(),
      fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
    );
    fc.assert(
      fc.property(fc.array(row, { maxLength: 3 }), (value) => {
        expect(parseWave(printWave(value, string), string)).toEqual(value);
      }),
    );
  });

  it('shows a function of a result as the result', () => {
    expect(printResult('ok', 1, { ok: 'u8' })).toBe('ok(1)');
    expect(printResult('err', undefined, {})).toBe('err');
  });
});

describe('arguments', () => {
  const params = [
    { name: 'a', type: 'u8' },
    { name: 'b', type: typeOf('option<string>') },
    { name: 'c', type: typeOf('option<option<u8>>') },
  ] as const;

  it.each<[string, unknown[]]>([
    ['(1)', [1, undefined, { tag: 'none' }]],
    [' ( 1 , ) ', [1, undefined, { tag: 'none' }]],
    ['(1, "x", none)', [1, 'x', { tag: 'none' }]],
  ])('%s', (text, values) => {
    expect(parseArguments(text, params)).toEqual(values);
  });

  it.each([
    ['()', 'expected the argument `a`'],
    ['(1 "x")', 'expected `,` or `)`'],
    ['(1, none, none, 2)', 'expected `)`'],
    ['(1) 2', 'expected the end'],
  ])('refuses %s', (text, message) => {
    expect(() => parseArguments(text, params)).toThrow(message);
  });
});
