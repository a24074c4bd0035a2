import { describe, expect, it } from 'vitest';
import { decode } from '../decode/decode-explained.ts';
import * as b from '../fixtures/bytes.ts';
import type { Finding } from './finding.ts';
import { validate } from './validate.ts';

function findings(...sections: b.Bytes): Finding[] {
  return validate(decode(b.component(...sections)));
}

/** Returns the codes of all findings, in order. */
function codes(...sections: b.Bytes): string[] {
  return findings(...sections).map((finding) => finding.code);
}

const empty = b.instanceType();

function errorCodes(...sections: b.Bytes): string[] {
  return findings(...sections).flatMap(({ severity, code }) => (severity === 'error' ? [code] : []));
}

function withFunctions(...names: string[]): b.Bytes {
  return b.instanceType(
    b.declareType(b.func([])),
    ...names.map((name) => b.declareExport(name, b.funcOf(0))),
  );
}

function givenResource(resource: number): b.Bytes {
  return b.instances(b.instantiate(0, ['r', b.TYPE, resource], ['f', b.FUNC, 0]));
}

it('the validator finds nothing wrong with a valid component', () => {
  expect(
    findings(
      b.types(b.record(['a', b.U8])),
      b.imports(b.importing('rec', b.typeEq(0)), b.importing('r', b.subResource())),
      b.types(
        b.borrow(2),
        b.own(2),
        b.func(
          [
            ['self', [3]],
            ['x', [1]],
          ],
          [4],
        ),
      ),
      b.imports(b.importing('[method]r.f', b.funcOf(5))),
      b.types(b.func([], [4])),
      b.imports(b.importing('[constructor]r', b.funcOf(6)), b.importing('[static]r.g', b.funcOf(6))),
    ),
  ).toEqual([]);
});

describe('a finding', () => {
  it('has the offset in the whole binary, and the path through nested components and types', () => {
    const whole = b.component(b.nested(b.types(b.U8, b.componentType(b.declareType(b.list([5]))))));
    const [finding] = validate(decode(whole));
    expect(finding).toEqual({
      code: 'index-out-of-bounds',
      severity: 'error',
      message: 'type 5 does not exist: no type is defined before this',
      offset: whole.length - 3,
      path: ['component 0', 'type 1', 'type 0'],
    });
  });

  it('does not prevent other findings', () => {
    const faults = codes(
      b.types(b.record(), b.flags('A-b', 'a-B'), b.list([9])),
      b.imports(b.importing('x y', b.funcOf(7))),
    );
    expect(faults).toEqual([
      'empty-type',
      'name-conflict',
      'index-out-of-bounds',
      'bad-name',
      'index-out-of-bounds',
    ]);
  });

  it('is not repeated for definitions that depend on the faulty one', () => {
    const broken = b.types(b.list([9]), b.tuple([0], [0]), b.func([['x', [1]]]));
    expect(
      codes(broken, b.imports(b.importing('f', b.funcOf(2))), b.exports(b.exporting('g', b.FUNC, 0))),
    ).toEqual(['index-out-of-bounds']);
  });
});

describe('types', () => {
  it.each<[string, b.Bytes, string]>([
    ['a record without fields', b.record(), 'empty-type'],
    ['a variant without cases', b.variant(), 'empty-type'],
    ['an enum without cases', b.enumeration(), 'empty-type'],
    ['flags without labels', b.flags(), 'empty-type'],
    ['a tuple without types', b.tuple(), 'empty-type'],
    ['33 flags', b.flags(...Array.from({ length: 33 }, (_, i) => `f${i}`)), 'too-many-flags'],
    ['a list of no elements', b.fixedList(b.U8, 0), 'empty-list'],
    ['equal fields', b.record(['a', b.U8], ['a', b.U8]), 'name-conflict'],
    ['cases that differ in case', b.variant(['a'], ['A']), 'name-conflict'],
    [
      'parameters that differ in case',
      b.func([
        ['a', b.U8],
        ['A', b.U8],
      ]),
      'name-conflict',
    ],
    ['a label in camel case', b.enumeration('aB'), 'bad-label'],
    ['an empty label', b.flags(''), 'bad-label'],
    ['a map of floats', b.map([0x76], b.U8), 'bad-map-key'],
    ['a stream of characters', b.stream(b.CHAR), 'stream-of-char'],
    ['a type of 2^28 bytes', b.fixedList(b.U8, 2 ** 28), 'type-too-large'],
    ['a type that is just too large with 64-bit pointers', b.fixedList(b.STRING, 2 ** 24), 'type-too-large'],
    ['an own of a resource that does not exist', [0x69, 7], 'index-out-of-bounds'],
  ])('are refused: %s', (_what, type, code) => {
    expect(codes(b.types(type))).toEqual([code]);
  });

  it('may have the largest size', () => {
    expect(codes(b.types(b.fixedList(b.U8, 2 ** 28 - 1)))).toEqual([]);
  });

  it.each<[string, b.Bytes, string]>([
    ['a function as a value', b.list([0]), 'not-a-value-type'],
    ['a function as a resource', b.own(0), 'not-a-resource'],
  ])('are refused: %s', (_what, type, code) => {
    expect(codes(b.types(b.func([]), type))).toEqual([code]);
  });

  it.each<[string, b.Bytes, string[]]>([
    ['in a result', b.func([], [2]), ['borrow-in-result']],
    ['in a stream', b.stream([2]), ['borrow-in-stream']],
    ['in a future', [0x65, 1, 2], ['borrow-in-stream']],
    ['in a parameter', b.func([['x', [2]]]), []],
  ])('are checked for a borrow %s', (_what, type, expected) => {
    expect(codes(b.types(b.resource(), b.borrow(0), b.list([1]), type))).toEqual(expected);
  });

  it('may be resources only in components', () => {
    expect(codes(b.types(b.resource()))).toEqual([]);
    expect(codes(b.types(b.instanceType(b.declareType(b.resource()))))).toEqual(['resource-in-type']);
    expect(codes(b.types([0x3f, 0x7d, 0]))).toEqual(['bad-representation']);
    expect(findings(b.types([0x3f, 0x7e, 0]))).toEqual([
      expect.objectContaining({ code: 'gated-feature', severity: 'warning' }),
    ]);
  });
});

describe('names of imports and exports', () => {
  it('must be strongly unique among the imports and among the exports', () => {
    const of = (...names: string[]): string[] =>
      codes(b.types(b.func([])), b.imports(...names.map((name) => b.importing(name, b.funcOf(0)))));
    expect(of('a', 'a')).toEqual(['name-conflict']);
    expect(of('foo-bar', 'foo-BAR')).toEqual(['name-conflict']);
    expect(of('a:b/c', 'a:b/c@1.0.0', 'c')).toEqual([]);
    expect(
      codes(
        b.types(b.func([])),
        b.imports(b.importing('a', b.funcOf(0))),
        b.exports(b.exporting('a', b.FUNC, 0)),
      ),
    ).toEqual([]);
  });

  it('conflict if a static function has the name of its resource', () => {
    const resource = [b.imports(b.importing('a', b.subResource())), b.types(b.func([], b.U8))];
    expect(codes(resource, b.imports(b.importing('[static]a.a', b.funcOf(1))))).toEqual(['name-conflict']);
    expect(
      codes(resource, b.imports(b.importing('[static]a.b', b.funcOf(1)), b.importing('b', b.funcOf(1)))),
    ).toEqual([]);
  });

  it.each<[string, b.Bytes]>([
    ['[method]r.f', b.func([['self', [1]]])],
    ['[method]r.f', b.func([['this', [2]]])],
    ['[method]r.f', b.func([])],
    ['[constructor]r', b.func([])],
    ['[constructor]r', b.func([], b.U8)],
    ['[constructor]r', b.func([], b.typeIndex(1), 0x43)],
    ['[static]other.f', b.func([])],
    ['[method]other.f', b.func([['self', [2]]])],
  ])('may not be %s without its resource and the right type', (name, type) => {
    expect(
      codes(
        b.imports(b.importing('r', b.subResource())),
        b.types(b.own(0), b.borrow(0), type),
        b.imports(b.importing(name, b.funcOf(3))),
      ),
    ).toEqual(['bad-annotated-name']);
  });
});

describe('a type that an import or export uses', () => {
  it.each<[string, b.Bytes]>([
    ['a record', b.record(['a', b.U8])],
    ['a variant', b.variant(['a'])],
    ['an enum', b.enumeration('a')],
    ['flags', b.flags('a')],
  ])('needs a name if it is %s', (_what, type) => {
    const using = b.types(b.option([0]), b.func([['x', [1]]]));
    expect(codes(b.types(type), using, b.imports(b.importing('f', b.funcOf(2))))).toEqual(['hidden-type']);
    expect(
      codes(
        b.types(type),
        b.imports(b.importing('t', b.typeEq(0))),
        b.types(b.option([1]), b.func([['x', [2]]])),
        b.imports(b.importing('f', b.funcOf(3))),
      ),
    ).toEqual([]);
  });

  it('may not be named only by an export if an import uses it', () => {
    const exported = [
      b.types(b.resource()),
      b.exports(b.exporting('r', b.TYPE, 0)),
      b.types(b.own(1), b.func([], [2])),
    ];
    expect(codes(exported, b.imports(b.importing('f', b.funcOf(3))))).toEqual(['hidden-type']);
  });

  it('is checked where its instance type is used', () => {
    const type = b.instanceType(
      b.declareType(b.enumeration('a')),
      b.declareType(b.func([], [0])),
      b.declareExport('f', b.funcOf(1)),
    );
    expect(codes(b.types(type))).toEqual([]);
    expect(codes(b.types(type), b.imports(b.importing('i', b.instanceOf(0))))).toEqual(['hidden-type']);
  });
});

describe('aliases', () => {
  it.each<[string, b.Bytes, string[]]>([
    ['of an export that does not exist', b.aliases(b.aliasExport(b.FUNC, 0, 'g')), ['no-such-export']],
    ['of an export of another sort', b.aliases(b.aliasExport(b.TYPE, 0, 'f')), ['wrong-sort']],
    ['of an instance that does not exist', b.aliases(b.aliasExport(b.FUNC, 3, 'f')), ['index-out-of-bounds']],
    ['beyond the outermost component', b.aliases(b.aliasOuter(b.TYPE, 1, 0)), ['outer-alias-count']],
    ['of an outer function', b.nested(b.aliases(b.aliasOuter(b.FUNC, 1, 0))), ['wrong-alias-sort']],
    ['of a type that is defined later', b.aliases(b.aliasOuter(b.TYPE, 0, 7)), ['index-out-of-bounds']],
    [
      'of components within types',
      b.types(b.instanceType(b.declareAlias(b.aliasOuter(b.COMPONENT, 1, 0)))),
      ['wrong-alias-sort', 'index-out-of-bounds'],
    ],
  ])('are refused: %s', (_what, section, expected) => {
    const type = b.instanceType(b.declareType(b.func([])), b.declareExport('f', b.funcOf(0)));
    expect(codes(b.types(type), b.imports(b.importing('i', b.instanceOf(0))), section)).toEqual(expected);
  });

  it('may not refer to resources of an outer component', () => {
    const outer = b.types(
      b.resource(),
      b.own(0),
      b.componentType(b.declareAlias(b.aliasOuter(b.TYPE, 1, 0)), b.declareExport('t', b.typeEq(0))),
    );
    for (const index of [0, 1, 2])
      expect(codes(outer, b.nested(b.aliases(b.aliasOuter(b.TYPE, 1, index))))).toEqual(['outer-resource']);
    const own = b.types(b.instanceType(b.declareExport('r', b.subResource())));
    expect(codes(own, b.nested(b.aliases(b.aliasOuter(b.TYPE, 1, 0))))).toEqual([]);
  });
});

describe('arguments of an instantiation', () => {
  it.each<[string, b.Bytes, b.Bytes, RegExp]>([
    ['missing', b.importing('a', b.instanceOf(0)), b.instantiate(0), /import `a`: no argument is given/u],
    [
      'of another sort',
      b.importing('a', b.instanceOf(0)),
      b.instantiate(0, ['a', b.TYPE, 0]),
      /import `a`: expected an instance, found a type/u,
    ],
  ])('may not be %s', (_what, wanted, given, message) => {
    const [finding] = findings(
      b.types(empty),
      b.nested(b.types(empty), b.imports(wanted)),
      b.instances(given),
    );
    expect(finding).toMatchObject({ code: 'wrong-argument', path: ['instance 0'] });
    expect(finding?.message).toMatch(message);
  });

  it('must have the type of the import, and the message names the part that differs', () => {
    const child = b.nested(b.types(b.tuple(b.U8, b.STRING)), b.imports(b.importing('t', b.typeEq(0))));
    const [finding] = findings(
      b.types(b.tuple(b.U8, b.U8)),
      child,
      b.instances(b.instantiate(0, ['t', b.TYPE, 0])),
    );
    expect(finding?.message).toBe('import `t`: element 1 of a tuple: expected string, found u8');
  });

  it('take the place of the resources that the component imports', () => {
    const child = b.nested(
      b.imports(b.importing('r', b.subResource())),
      b.types(b.own(0), b.func([], [1])),
      b.imports(b.importing('f', b.funcOf(2))),
    );
    const outer = [
      b.imports(b.importing('r', b.subResource()), b.importing('s', b.subResource())),
      b.types(b.own(0), b.func([], [2])),
      b.imports(b.importing('f', b.funcOf(3))),
      child,
    ];
    expect(codes(outer, givenResource(0))).toEqual([]);
    expect(findings(outer, givenResource(1))).toEqual([
      expect.objectContaining({
        message: 'import `f`: result: the `own` handle is for a different resource',
      }),
    ]);
  });

  it('may export more than the import needs, but not less', () => {
    const child = b.nested(b.types(withFunctions('f', 'g')), b.imports(b.importing('i', b.instanceOf(0))));
    const withArgument = (type: b.Bytes): Finding[] =>
      findings(
        b.types(type),
        b.imports(b.importing('i', b.instanceOf(0))),
        child,
        b.instances(b.instantiate(0, ['i', b.INSTANCE, 0])),
      );
    expect(withArgument(withFunctions('e', 'f', 'g'))).toEqual([]);
    expect(withArgument(withFunctions('f')).map((finding) => finding.message)).toEqual([
      'import `i`: export `g`: it is missing',
    ]);
  });

  it('may be given only once', () => {
    expect(
      codes(
        b.nested(),
        b.types(empty),
        b.imports(b.importing('i', b.instanceOf(0))),
        b.instances(b.instantiate(0, ['a', b.INSTANCE, 0], ['a', b.INSTANCE, 0])),
      ),
    ).toEqual(['name-conflict']);
  });
});

describe('ascribed types of exports', () => {
  it('must be types of the export', () => {
    const other = b.types(b.func([]), b.func([], b.U8));
    const imported = [other, b.imports(b.importing('f', b.funcOf(0)))];
    expect(codes(imported, b.exports(b.exporting('g', b.FUNC, 0, b.funcOf(0))))).toEqual([]);
    expect(codes(imported, b.exports(b.exporting('g', b.FUNC, 0, b.funcOf(1))))).toEqual([
      'wrong-ascription',
    ]);
    expect(codes(imported, b.exports(b.exporting('g', b.FUNC, 0, b.typeEq(0))))).toEqual([
      'wrong-ascription',
    ]);
  });
});

describe('values (gated)', () => {
  const value = b.imports(b.importing('v', [0x02, 0x01, b.U8]));

  it('must be used exactly once', () => {
    expect(errorCodes(value)).toEqual(['unused-value']);
    expect(errorCodes(value, b.exports([b.extern('w'), 0x02, 0, 0]))).toEqual(['unused-value']);
    expect(
      errorCodes(value, b.types(b.func([['x', b.U8]])), b.imports(b.importing('f', b.funcOf(0))), [
        9,
        b.sized(0, b.vec([0]), 0),
      ]),
    ).toEqual([]);
    expect(
      errorCodes(value, b.types(b.func([['x', b.STRING]])), b.imports(b.importing('f', b.funcOf(0))), [
        9,
        b.sized(0, b.vec([0]), 1),
      ]),
    ).toEqual(['wrong-result-count', 'wrong-argument']);
  });
});
