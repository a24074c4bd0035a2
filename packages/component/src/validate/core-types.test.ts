import { describe, expect, it } from 'vitest';
import { decode } from '../decode/decode-explained.ts';
import * as b from '../fixtures/bytes.ts';
import { validate } from './validate.ts';

function messages(...sections: b.Bytes): string[] {
  return validate(decode(b.component(...sections))).map((finding) => finding.message);
}

/** Core function types that take a reference to a type, and a nullable one. */
const takes = (index: number): b.Bytes => [0x60, b.vec([0x64, index]), b.vec()];
const returns = (index: number): b.Bytes => [0x60, b.vec(), b.vec([0x63, index])];
const EMPTY_MODULE: b.Bytes = [0x50, b.vec()];
const FUNC_TYPE: b.Bytes = [0x60, 0, 0];
const STRUCT: b.Bytes = [0x5f, b.vec([0x7f, 0])];
const module = (...declarations: readonly b.Bytes[]): b.Bytes => [0x50, b.vec(...declarations)];
const define = (type: b.Bytes): b.Bytes => [0x01, type];

const alias = (count: number, index: number): b.Bytes => [0x02, 0x10, 0x01, count, index];

const IS_MODULE = 'core type 0 is a module type, to which a core type cannot refer';
const beyond = (index: number, last: number): string =>
  `core type ${index} does not exist: the last one defined before this is ${last}`;

describe('core types', () => {
  it.each<[string, readonly b.Bytes[], string[]]>([
    ['a type before it', [FUNC_TYPE, takes(0)], []],
    ['itself', [takes(0)], []],
    ['a type after it in its group', [[0x4e, b.vec(takes(1), STRUCT)]], []],
    ['a module type, as a parameter', [EMPTY_MODULE, takes(0)], [IS_MODULE]],
    ['a module type, as a result', [EMPTY_MODULE, returns(0)], [IS_MODULE]],
    ['a module type, as a field', [EMPTY_MODULE, [0x5f, b.vec([0x63, 0, 0])]], [IS_MODULE]],
    ['a module type, as an element', [EMPTY_MODULE, [0x5e, 0x63, 0, 1]], [IS_MODULE]],
    ['a module type, in a group', [EMPTY_MODULE, [0x4e, b.vec(STRUCT, takes(0))]], [IS_MODULE]],
    ['a type beyond the index space, as a parameter', [takes(1)], [beyond(1, 0)]],
    ['a type beyond the index space, as a result', [FUNC_TYPE, returns(7)], [beyond(7, 1)]],
    ['a type beyond its group', [[0x4e, b.vec(takes(2), STRUCT)]], [beyond(2, 1)]],
    ['a type beyond the index space, as a field', [[0x5f, b.vec([0x63, 9, 0])]], [beyond(9, 0)]],
  ])('are checked when they refer to %s', (_what, types, expected) => {
    expect(messages(b.coreTypes(...types))).toEqual(expected);
    expect(messages(b.nested(b.coreTypes(...types)))).toEqual(expected);
    const declared = types.map((type): b.Bytes => [0x00, type]);
    expect(messages(b.types(b.instanceType(...declared)))).toEqual(expected);
    expect(messages(b.types(b.componentType(...declared)))).toEqual(expected);
  });

  it.each<[string, readonly b.Bytes[], string[]]>([
    [
      'an open type',
      [
        [0x00, 0x50, 0, STRUCT],
        [0x4f, 1, 0, STRUCT],
      ],
      [],
    ],
    [
      'two types',
      [
        [0x00, 0x50, 0, STRUCT],
        [0x00, 0x50, 0, STRUCT],
        [0x4f, 2, 0, 1, STRUCT],
      ],
      ['a core type can extend only one other type'],
    ],
    [
      'a type of another kind',
      [
        [0x00, 0x50, 0, STRUCT],
        [0x4f, 1, 0, FUNC_TYPE],
      ],
      ['a func type cannot extend core type 0, which is a struct type'],
    ],
    [
      'a module type',
      [EMPTY_MODULE, [0x4f, 1, 0, STRUCT]],
      ['a struct type cannot extend core type 0, which is a module type'],
    ],
    ['itself', [[0x4f, 1, 0, STRUCT]], ['core type 0 does not exist: no core type is defined before this']],
    ['a type that does not exist', [STRUCT, [0x4f, 1, 5, STRUCT]], [beyond(5, 0)]],
  ])('are checked when they extend %s', (_what, types, expected) => {
    expect(messages(b.coreTypes(...types))).toEqual(expected);
  });
});

describe('module types', () => {
  it.each<[string, readonly b.Bytes[], string[]]>([
    ['a function type', [define(FUNC_TYPE), [0x03, b.str('f'), 0x00, 0]], []],
    [
      'a function of a structure type',
      [define(STRUCT), [0x03, b.str('f'), 0x00, 0]],
      ['core type 0 is a struct type, but a function type is needed here'],
    ],
    [
      'an imported function of an array type',
      [define([0x5e, 0x7f, 0]), [0x00, b.str('m'), b.str('f'), 0x00, 0]],
      ['core type 0 is a array type, but a function type is needed here'],
    ],
    ['a tag', [define([0x60, b.vec([0x7f]), 0]), [0x03, b.str('t'), 0x04, 0, 0]], []],
    [
      'a tag with a result',
      [define([0x60, 0, b.vec([0x7f])]), [0x03, b.str('t'), 0x04, 0, 0]],
      ['the type of a tag cannot have results'],
    ],
    [
      'a tag of a type that does not exist',
      [[0x03, b.str('t'), 0x04, 0, 3]],
      ['core type 3 does not exist: no core type is defined before this'],
    ],
    ['a global of a reference', [define(STRUCT), [0x03, b.str('g'), 0x03, 0x63, 0, 0]], []],
    [
      'a global of a reference to nothing',
      [define(STRUCT), [0x03, b.str('g'), 0x03, 0x63, 1, 0]],
      [beyond(1, 0)],
    ],
    ['a table of references', [define(FUNC_TYPE), [0x03, b.str('t'), 0x01, 0x63, 0, 0x00, 1]], []],
    [
      'a table of references to nothing',
      [[0x03, b.str('t'), 0x01, 0x63, 4, 0x00, 1]],
      ['core type 4 does not exist: no core type is defined before this'],
    ],
    [
      'a memory of 2^48 + 1 pages',
      [[0x03, b.str('m'), 0x02, 0x04, [0x81, 0x80, 0x80, 0x80, 0x80, 0x80, 0x40]]],
      ['a memory has at most 281474976710656 pages'],
    ],
    [
      'a memory with pages of 8 bytes',
      [[0x03, b.str('m'), 0x02, 0x08, 1, 3]],
      ['pages of 2^3 bytes are not allowed in a memory'],
    ],
    [
      'a function type that refers to what the scope around it has',
      [define(takes(1))],
      ['core type 1 does not exist: the last one defined before this is 0'],
    ],
  ])('check %s', (_what, declarations, expected) => {
    expect(messages(b.coreTypes(STRUCT, STRUCT, module(...declarations)))).toEqual(expected);
  });

  it('may alias types around them, but not module types', () => {
    expect(messages(b.coreTypes(FUNC_TYPE, module(alias(1, 0), [0x03, b.str('f'), 0x00, 0])))).toEqual([]);
    expect(messages(b.coreTypes(EMPTY_MODULE, module(alias(1, 0), define(takes(0)))))).toEqual([
      'a module type cannot alias another one',
    ]);
  });
});
