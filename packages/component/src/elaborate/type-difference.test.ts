import { describe, expect, it } from 'vitest';
import { decode } from '../decode/decode-explained.ts';
import * as b from '../fixtures/bytes.ts';
import { validate } from '../validate/validate.ts';

const result = (ok?: b.Bytes, err?: b.Bytes): b.Bytes => [
  0x6a,
  ok === undefined ? [0] : [1, ok],
  err === undefined ? [0] : [1, err],
];

/** Returns the messages for a component that imports the type `expected` and receives the type `found`. */
function difference(expected: b.Bytes, found: b.Bytes): string[] {
  const child = b.nested(b.types(expected), b.imports(b.importing('t', b.typeEq(0))));
  const whole = b.component(b.types(found), child, b.instances(b.instantiate(0, ['t', b.TYPE, 0])));
  return validate(decode(whole)).map(({ message }) => message.replace(/^import `t`: /u, ''));
}

describe('the difference between two types of one kind', () => {
  it.each<[string, b.Bytes, b.Bytes]>([
    [
      'expected a record of 1 field, found one of 2',
      b.record(['a', b.U8]),
      b.record(['a', b.U8], ['b', b.U8]),
    ],
    ['expected the field `a`, found `b`', b.record(['a', b.U8]), b.record(['b', b.U8])],
    [
      'field `b`: expected u8, found u32',
      b.record(['a', b.U8], ['b', b.U8]),
      b.record(['a', b.U8], ['b', b.U32]),
    ],
    ['expected flags of 2 flags, found one of 1', b.flags('a', 'b'), b.flags('a')],
    ['expected the case `a`, found `x`', b.enumeration('a'), b.enumeration('x')],
    ['expected case `b` to have a type, found none', b.variant(['a'], ['b', b.U8]), b.variant(['a'], ['b'])],
    [
      'expected case `a` to have no type, found one',
      b.variant(['a'], ['b', b.U8]),
      b.variant(['a', b.U8], ['b', b.U8]),
    ],
    ['case `b`: expected u8, found bool', b.variant(['a'], ['b', b.U8]), b.variant(['a'], ['b', b.BOOL])],
    ['expected `err` to have a type, found none', result(b.U8, b.U8), result(b.U8)],
    ['expected `ok` to have no type, found one', result(undefined, b.U8), result(b.U8, b.U8)],
    ['`err` of a result: expected u8, found u32', result(undefined, b.U8), result(undefined, b.U32)],
    ['expected a list of 2 elements, found one of 3', b.fixedList(b.U8, 2), b.fixedList(b.U8, 3)],
    ['element of a list: expected u8, found u32', b.list(b.U8), b.list(b.U32)],
    ['expected a tuple of 1 type, found one of 2', b.tuple(b.U8), b.tuple(b.U8, b.U8)],
    ['value of a map: expected u8, found u32', b.map(b.STRING, b.U8), b.map(b.STRING, b.U32)],
    ['expected the stream to have a type, found none', b.stream(b.U8), b.stream()],
    ['what an option holds: expected u8, found u32', b.option(b.U8), b.option(b.U32)],
  ])('is reported: %s', (message, expected, found) => {
    expect(difference(expected, found).filter((one) => !/gated|feature/u.test(one))).toEqual([message]);
    expect(difference(expected, expected).filter((one) => one.includes('expected'))).toEqual([]);
  });
});
