import { describe, expect, it } from 'vitest';
import { decode } from '../decode/decode-explained.ts';
import * as b from '../fixtures/bytes.ts';
import { validate } from './validate.ts';

function messages(...sections: b.Bytes): string[] {
  return validate(decode(b.component(...sections))).map((finding) => finding.message);
}

const NO_PARAMS = [0x60, 0, 0];
/** A module that exports a function `f`, a memory `mem` of one page, and a constant global `g`. */
const provider = b.coreModule(
  b.section(1, NO_PARAMS),
  b.section(3, [0]),
  b.section(5, [0x00, 1]),
  b.section(6, [0x7f, 0, 0x41, 0, 0x0b]),
  b.section(7, [b.str('f'), 0, 0], [b.str('mem'), 2, 0], [b.str('g'), 3, 0]),
  b.section(10, [b.sized(0, 0x0b)]),
);

function importer(...items: readonly b.Bytes[]): b.Bytes {
  return b.coreModule(
    b.section(1, NO_PARAMS, [0x60, b.vec([0x7f]), 0]),
    b.section(2, ...items.map((item): b.Bytes => [b.str('p'), item])),
  );
}

const instantiateBoth = b.coreInstances([0x00, 0, b.vec()], [0x00, 1, b.vec([b.str('p'), 0x12, 0])]);

describe('core instances', () => {
  it.each<[string, b.Bytes, string[]]>([
    ['a function of the same type', [b.str('f'), 0x00, 0], []],
    ['a larger memory', [b.str('mem'), 0x02, 0x00, 0], []],
    [
      'a smaller memory',
      [b.str('mem'), 0x02, 0x00, 2],
      ['core import `p` `mem`: expected a memory of at least 2, found one of at least 1'],
    ],
    [
      'a memory without the maximum',
      [b.str('mem'), 0x02, 0x01, 1, 9],
      ['core import `p` `mem`: expected a memory of 1 to 9, found one of at least 1'],
    ],
    [
      'a function of another type',
      [b.str('f'), 0x00, 1],
      ['core import `p` `f`: expected [i32] -> [], found [] -> []'],
    ],
    [
      'a memory, for which a function is given',
      [b.str('f'), 0x02, 0x00, 1],
      ['core import `p` `f`: expected a memory, found a func'],
    ],
    [
      'a mutable global',
      [b.str('g'), 0x03, 0x7f, 1],
      ['core import `p` `g`: expected a mutable global, found the other kind'],
    ],
    [
      'a global of another type',
      [b.str('g'), 0x03, 0x7e, 0],
      ['core import `p` `g`: expected a global of i64, found one of i32'],
    ],
    [
      'a name that the argument does not export',
      [b.str('h'), 0x00, 0],
      ['the core instance given for `p` exports no `h`'],
    ],
  ])('check an import of %s', (_what, item, expected) => {
    expect(messages(provider, importer(item), instantiateBoth)).toEqual(expected);
  });

  it('need an argument for each imported module, which is reported once', () => {
    const two = importer([b.str('f'), 0x00, 0], [b.str('mem'), 0x02, 0x00, 0]);
    expect(messages(two, b.coreInstances([0x00, 0, b.vec()]))).toEqual([
      'the core module imports from `p`, but no core instance is given for it',
    ]);
  });

  it('may not have one name twice', () => {
    const twice = b.coreInstances(
      [0x00, 0, b.vec()],
      [0x00, 0, b.vec([b.str('a'), 0x12, 0], [b.str('a'), 0x12, 0])],
    );
    expect(messages(provider, twice)).toEqual(['there are two arguments `a`']);
    const bag = [
      b.aliases([0x00, 0x00, 0x01, 0, b.str('f')]),
      b.coreInstances([0x01, b.vec([b.str('a'), 0, 0], [b.str('a'), 0, 0])]),
    ];
    expect(messages(provider, b.coreInstances([0x00, 0, b.vec()]), bag)).toEqual([
      'there are two core exports `a`',
    ]);
  });

  it.each<[string, b.Bytes, string[]]>([
    [
      'a module that does not exist',
      b.coreInstances([0x00, 7, b.vec()]),
      ['core module 7 does not exist: the last one defined before this is 0'],
    ],
    [
      'a function that does not exist',
      b.coreInstances([0x01, b.vec([b.str('a'), 0, 7])]),
      ['core func 7 does not exist: no core func is defined before this'],
    ],
    [
      'a module as an export',
      b.coreInstances([0x01, b.vec([b.str('a'), 0x11, 0])]),
      ['a core instance cannot export a module'],
    ],
  ])('are refused with %s', (_what, section, expected) => {
    expect(messages(provider, section)).toEqual(expected);
  });
});

describe('aliases of core exports', () => {
  it.each<[string, b.Bytes, string[]]>([
    ['of an export of the same sort', [0x00, 0x00, 0x01, 0, b.str('f')], []],
    [
      'of an export that does not exist',
      [0x00, 0x00, 0x01, 0, b.str('h')],
      ['core instance 0 exports no `h`'],
    ],
    [
      'of an export of another sort',
      [0x00, 0x02, 0x01, 0, b.str('f')],
      ['export `f` of core instance 0 is a func, not a memory'],
    ],
    [
      'of an instance that does not exist',
      [0x00, 0x00, 0x01, 5, b.str('f')],
      ['core instance 5 does not exist: the last one defined before this is 0'],
    ],
  ])('are checked: %s', (_what, alias, expected) => {
    expect(messages(provider, b.coreInstances([0x00, 0, b.vec()]), b.aliases(alias))).toEqual(expected);
  });
});

describe('core modules', () => {
  it('are validated by the engine, unless an option switches that off', () => {
    const broken = b.component(
      b.coreModule(b.section(1, NO_PARAMS), b.section(3, [0]), b.section(10, [b.sized(0, 0x6a, 0x0b)])),
    );
    expect(validate(decode(broken))).toEqual([
      expect.objectContaining({
        code: 'invalid-core-module',
        message: expect.stringMatching(/the engine rejects/u),
      }),
    ]);
    expect(validate(decode(broken), { coreModules: false })).toEqual([]);
  });

  it('are reported with the offset of the fault if they cannot be read', () => {
    const [finding] = validate(decode(b.component(b.coreModule([1, 9]))));
    expect(finding).toMatchObject({ code: 'invalid-core-module', offset: 20 });
  });

  it('may not import one name twice', () => {
    expect(messages(importer([b.str('f'), 0x00, 0], [b.str('f'), 0x00, 1]))).toEqual([
      'there are two core imports `p` `f`',
    ]);
  });
});

describe('module types', () => {
  it.each<[string, readonly b.Bytes[], string[]]>([
    [
      'an index of a type that does not exist',
      [[0x03, b.str('f'), 0x00, 0]],
      ['core type 0 does not exist: no core type is defined before this'],
    ],
    [
      'two exports of a name',
      [
        [0x01, NO_PARAMS],
        [0x03, b.str('f'), 0x00, 0],
        [0x03, b.str('f'), 0x00, 0],
      ],
      ['there are two core exports `f`'],
    ],
    [
      'two imports of a name',
      [
        [0x01, NO_PARAMS],
        [0x00, b.str(''), b.str('f'), 0x00, 0],
        [0x00, b.str(''), b.str('f'), 0x00, 0],
      ],
      ['there are two core imports `` `f`'],
    ],
    ['a nested module type', [[0x01, 0x50, 0]], ['a module type cannot define another one']],
    ['too much memory', [[0x03, b.str('m'), 0x02, 0x00, b.u32(65537)]], ['a memory has at most 65536 pages']],
    [
      'a maximum below the minimum',
      [[0x03, b.str('m'), 0x02, 0x01, 2, 1]],
      ['the maximum of a memory is below its minimum'],
    ],
    [
      'an alias of an outer type',
      [
        [0x02, 0x10, 0x01, 1, 0],
        [0x03, b.str('f'), 0x00, 0],
      ],
      [],
    ],
    [
      'an alias too far out',
      [[0x02, 0x10, 0x01, 2, 0]],
      ['there is no scope 2 levels out from this module type'],
    ],
  ])('are checked: %s', (_what, declarations, expected) => {
    expect(messages(b.coreTypes(NO_PARAMS), b.coreTypes([0x50, b.vec(...declarations)]))).toEqual(expected);
  });

  it('are satisfied by modules that import less and export more', () => {
    const wanted = b.nested(
      b.coreTypes([
        0x50,
        b.vec([0x01, NO_PARAMS], [0x00, b.str('p'), b.str('f'), 0x00, 0], [0x03, b.str('f'), 0x00, 0]),
      ]),
      b.imports(b.importing('m', [0x00, 0x11, 0])),
    );
    const given = (...before: b.Bytes): string[] =>
      messages(before, wanted, b.instances([0x00, 0, b.vec([b.str('m'), 0x00, 0x11, 0])]));
    expect(given(provider)).toEqual([]);
    expect(given(importer([b.str('g'), 0x00, 0]))).toEqual([
      'import `m`: core import `p` `g`: the module imports it, but the type does not declare it',
      'import `m`: core export `f`: it is missing',
    ]);
  });
});
