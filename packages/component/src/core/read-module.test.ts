import { describe, expect, it } from 'vitest';
import { DecodeError } from '../decode-error.ts';
import * as b from '../fixtures/bytes.ts';
import { readModuleType } from './read-module.ts';

const PREAMBLE = [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0];

function read(...sections: b.Bytes): ReturnType<typeof readModuleType> {
  return readModuleType(b.bytes(PREAMBLE, sections), 0);
}

const exporting = (name: string, sort: number, index: number): b.Bytes => [b.str(name), sort, index];
const limits = { shared: false, memory64: false };

describe('imports and exports', () => {
  it('have their types, whether imported or defined', () => {
    const { imports, exports } = read(
      b.section(1, [0x60, b.vec([0x7f]), b.vec()], [0x60, b.vec(), b.vec([0x7e])]),
      b.section(2, [b.str('env'), b.str('f'), 0x00, 0], [b.str('env'), b.str('mem'), 0x02, 0x01, 1, 2]),
      b.section(3, [1]),
      b.section(4, [0x70, 0x00, 3]),
      b.section(5, [0x00, 5]),
      b.section(6, [0x7f, 1, 0x41, 0x2a, 0x0b]),
      b.section(13, [0, 0]),
      b.section(
        7,
        exporting('a', 0, 0),
        exporting('b', 0, 1),
        exporting('t', 1, 0),
        exporting('m', 2, 1),
        exporting('g', 3, 0),
        exporting('e', 4, 0),
      ),
    );
    const takes = { params: ['i32'], results: [] };
    expect(imports).toEqual([
      { module: 'env', name: 'f', item: { tag: 'func', type: takes } },
      {
        module: 'env',
        name: 'mem',
        item: { tag: 'memory', limits: { ...limits, minimum: 1n, maximum: 2n } },
      },
    ]);
    expect(Object.fromEntries(exports)).toEqual({
      a: { tag: 'func', type: takes },
      b: { tag: 'func', type: { params: [], results: ['i64'] } },
      t: { tag: 'table', element: 'funcref', limits: { ...limits, minimum: 3n } },
      m: { tag: 'memory', limits: { ...limits, minimum: 5n } },
      g: { tag: 'global', type: 'i32', mutable: true },
      e: { tag: 'tag', type: takes },
    });
  });

  it('may have function types of recursion groups', () => {
    const { exports } = read(
      b.section(1, [0x4e, b.vec([0x5f, 0], [0x50, 0, 0x60, 0, 0])], [0x60, 0, 0]),
      b.section(3, [1], [2]),
      b.section(7, exporting('sub', 0, 0), exporting('plain', 0, 1)),
    );
    expect(exports.get('sub')).toEqual({ tag: 'func', type: { params: [], results: [] } });
    expect(exports.get('plain')).toEqual({ tag: 'func', type: { params: [], results: [] } });
  });
});

describe('initial values', () => {
  it.each<[string, b.Bytes]>([
    ['a wide integer', [0x42, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x7f]],
    ['a float that holds the end opcode', [0x43, 0x0b, 0x0b, 0x0b, 0x0b]],
    ['a double', [0x44, 0, 0, 0, 0, 0, 0, 0x0b, 0]],
    ['a vector', [0xfd, 0x0c, ...Array.from({ length: 16 }, () => 0x0b)]],
    ['arithmetic', [0x23, 0, 0x41, 1, 0x6a]],
    ['a null', [0xd0, 0x70]],
    ['a function', [0xd2, 0]],
    ['an i31', [0x41, 1, 0xfb, 28]],
    ['a structure', [0xfb, 1, 0]],
    ['an array', [0x41, 1, 0x41, 2, 0xfb, 8, 0, 2]],
  ])('are skipped: %s', (_what, expression) => {
    const { exports } = read(
      b.section(6, [0x7f, 0, expression, 0x0b], [0x7e, 1, 0x41, 0, 0x0b]),
      b.section(7, exporting('g', 3, 1)),
    );
    expect(exports.get('g')).toEqual({ tag: 'global', type: 'i64', mutable: true });
  });

  it('are skipped in tables, too', () => {
    const { exports } = read(
      b.section(4, [0x40, 0x00, 0x70, 0x00, 1, 0xd0, 0x70, 0x0b]),
      b.section(7, exporting('t', 1, 0)),
    );
    expect(exports.get('t')).toMatchObject({ tag: 'table', element: 'funcref' });
  });
});

describe('faulty modules', () => {
  it.each<[string, b.Bytes, RegExp]>([
    ['a section beyond the end', [10, 0x20, 0], /announces 32 bytes/u],
    [
      'an export of a function that does not exist',
      b.section(7, exporting('f', 0, 3)),
      /a func that does not exist/u,
    ],
    ['an export of an unknown sort', b.section(7, exporting('f', 9, 0)), /not a sort of core export/u],
    ['an instruction that is not constant', b.section(6, [0x7f, 0, 0x10, 0, 0x0b]), /0x10 is not constant/u],
  ])('are refused: %s', (_what, section, message) => {
    expect(() => read(section)).toThrow(message);
    expect(() => read(section)).toThrow(DecodeError);
  });

  it('are reported with the offset in the outermost bytes', () => {
    const module = b.bytes(PREAMBLE, [10, 0x20, 0]);
    expect(() => readModuleType(module, 1000)).toThrow(expect.objectContaining({ offset: 1010 }));
  });

  it('are accepted if the fault is in a section that the reader skips', () => {
    expect(read([10, b.sized(0xff, 0xff, 0xff)], [0, b.sized(b.str('x'))]).imports).toEqual([]);
  });
});
