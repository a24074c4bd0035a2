import { describe, expect, it } from 'vitest';
import { decode } from '../decode/decode-explained.ts';
import * as b from '../fixtures/bytes.ts';
import { validate } from './validate.ts';

function codes(...sections: b.Bytes): string[] {
  return validate(decode(b.component(...sections))).map(({ code }) => code);
}

/** Types in which every second mentions the one before it as `make` does; the others are lists. */
function levels(depth: number, make: (part: b.Bytes) => b.Bytes): readonly b.Bytes[] {
  return Array.from({ length: 2 * depth }, (_, i) => {
    const before = i === 0 ? b.U8 : b.typeIndex(i - 1);
    // A list between two levels keeps the size in memory small, which has a limit of its own.
    return i % 2 === 0 ? make(before) : b.list(before);
  });
}

const pair = (part: b.Bytes): b.Bytes => b.tuple(part, part);
/** 28 types, the last of which has 2^14 parts on its lowest level and 49,150 in all. */
const BIG = levels(14, pair);
const LAST = b.typeIndex(BIG.length - 1);

/** Instantiates a component twice and exports both instances. */
const level = (content: b.Bytes): b.Bytes => [
  b.nested(content),
  b.instances(b.instantiate(0), b.instantiate(0)),
  b.exports(b.exporting('a', b.INSTANCE, 0), b.exporting('b', b.INSTANCE, 1)),
];

describe('the size of a type', () => {
  it.each<[string, (part: b.Bytes) => b.Bytes]>([
    ['records of lists', (part) => b.record(['a', part], ['b', part])],
    ['tuples', (part) => b.tuple(part, part)],
    ['variants', (part) => b.variant(['a', part], ['b', part])],
    ['results', (part) => [0x6a, 1, part, 1, part]],
    ['maps', (part) => b.map(b.STRING, part)],
  ])('is limited for %s that mention the type before them', (what, make) => {
    expect(codes(b.types(...levels(17, make)))).toEqual([]);
    // A map has one value, so it does not double.
    expect(codes(b.types(...levels(19, make)))).toEqual(what === 'maps' ? [] : ['type-too-complex']);
  });

  it('is limited for functions', () => {
    const params = (count: number): (readonly [string, b.Bytes])[] =>
      Array.from({ length: count }, (_, i) => [`p${i}`, LAST]);
    expect(codes(b.types(...BIG, b.func(params(20))))).toEqual([]);
    expect(codes(b.types(...BIG, b.func(params(21))))).toEqual(['type-too-complex']);
    expect(codes(b.types(...BIG, b.func(params(19), LAST)))).toEqual([]);
    expect(codes(b.types(...BIG, b.func(params(20), LAST)))).toEqual(['type-too-complex']);
  });

  it.each(['instance', 'component'] as const)('is limited for %s types that hold others', (kind) => {
    const holder = (count: number): b.Bytes => {
      const declarations: b.Bytes[] = [
        ...BIG.map(b.declareType),
        b.declareType(b.func([['a', LAST]])),
        ...Array.from({ length: count }, (_, i) => b.declareExport(`f${i}`, b.funcOf(BIG.length))),
      ];
      return kind === 'instance' ? b.instanceType(...declarations) : b.componentType(...declarations);
    };
    expect(codes(b.types(holder(20)))).toEqual([]);
    expect(codes(b.types(holder(21)))).toEqual(['type-too-complex']);
  });

  it.each(['imports', 'exports'] as const)('is limited for the %s of a component', (direction) => {
    const content = (count: number): b.Bytes => {
      const types = b.types(...BIG, b.func([['a', LAST]]));
      const names = Array.from({ length: count }, (_, i) => `f${i}`);
      const imported = b.imports(...names.map((name) => b.importing(name, b.funcOf(BIG.length))));
      if (direction === 'imports') return [types, imported];
      const first = b.imports(b.importing('f', b.funcOf(BIG.length)));
      return [types, first, b.exports(...names.map((name) => b.exporting(name, b.FUNC, 0)))];
    };
    expect(codes(content(19))).toEqual([]);
    expect(codes(content(21))).toEqual(['type-too-complex']);
    expect(codes(b.nested(content(21)))).toEqual(['type-too-complex']);
  });

  it('is limited for instances of components that multiply it', () => {
    let content: b.Bytes = [b.types(...BIG), b.exports(b.exporting('t', b.TYPE, BIG.length - 1))];
    for (let i = 0; i < 4; i += 1) content = level(content);
    expect(codes(content)).toEqual([]);
    // The component with 32 of them and each that holds it.
    expect(codes(level(content))).toContain('type-too-complex');
    expect(codes(level(level(content)))).toContain('type-too-complex');
  });

  it('is reported once for a type that others mention', () => {
    const wide = b.tuple(...Array.from({ length: 1000 }, (): b.Bytes => b.U8));
    const square = b.record(...Array.from({ length: 1000 }, (_, i) => [`a${i}`, b.typeIndex(1)] as const));
    expect(codes(b.types(wide, b.list(b.typeIndex(0)), square, b.list(b.typeIndex(2))))).toEqual([
      'type-too-complex',
    ]);
  });
});
