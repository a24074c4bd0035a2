import { describe, expect, it } from 'vitest';
import type { CoreType } from '../ast.ts';
import * as b from '../fixtures/bytes.ts';
import { decode } from './decode-explained.ts';

function type(...content: b.Bytes): CoreType | undefined {
  const [definition] = decode(b.component(b.coreTypes(content))).definitions;
  return definition?.tag === 'core-type' ? definition.type : undefined;
}

describe('the decoder of core types', () => {
  it.each<[string, b.Bytes, CoreType]>([
    [
      'functions',
      [0x60, b.vec([0x7e], [0x7b]), b.vec([0x70])],
      { tag: 'func', params: ['i64', 'v128'], results: ['funcref'] },
    ],
    [
      'references by index',
      [0x60, b.vec([0x63, 0x07], [0x64, 0x6f]), b.vec()],
      { tag: 'func', params: ['(ref null 7)', '(ref extern)'], results: [] },
    ],
    [
      'the long form of a type as its short form',
      [0x60, b.vec([0x63, 0x70]), b.vec()],
      { tag: 'func', params: ['funcref'], results: [] },
    ],
    [
      'structures',
      [0x5f, b.vec([0x78, 0x01])],
      { tag: 'other', types: [{ tag: 'struct', supertypes: [], fields: ['i8'] }] },
    ],
    [
      'recursion groups',
      [0x4e, b.vec([0x5e, 0x7f, 0], [0x50, 1, 3, 0x60, 0, 0])],
      {
        tag: 'other',
        types: [
          { tag: 'array', supertypes: [], fields: ['i32'] },
          { tag: 'func', supertypes: [3], params: [], results: [] },
        ],
      },
    ],
    [
      'open subtypes, with their prefix',
      [0x00, 0x50, 0, 0x60, 0, 0],
      { tag: 'other', types: [{ tag: 'func', supertypes: [], params: [], results: [] }] },
    ],
  ])('reads %s', (_what, content, expected) => {
    expect(type(content)).toEqual(expected);
  });

  it('reads module types', () => {
    const limits = { minimum: 1n, shared: false, memory64: false };
    const found = type(
      0x50,
      b.vec(
        [0x01, 0x60, 0, 0],
        [0x02, 0x10, 0x01, 1, 3],
        [0x00, b.str('m'), b.str('f'), 0x00, 0],
        [0x03, b.str('mem'), 0x02, 0x05, 1, 0x80, 0x80, 0x80, 0x80, 0x10],
        [0x03, b.str('tab'), 0x01, 0x70, 0x00, 1],
        [0x03, b.str('glob'), 0x03, 0x7f, 1],
        [0x03, b.str('tag'), 0x04, 0, 0],
        [0x03, b.str('tiny'), 0x02, 0x0b, 1, 2, 0],
      ),
    );
    expect(found?.tag === 'module' && found.declarations).toEqual([
      { tag: 'type', type: { tag: 'func', params: [], results: [] } },
      { tag: 'alias', count: 1, index: 3 },
      { tag: 'import', module: 'm', name: 'f', type: { tag: 'func', type: 0 } },
      {
        tag: 'export',
        name: 'mem',
        type: { tag: 'memory', limits: { minimum: 1n, maximum: 2n ** 32n, shared: false, memory64: true } },
      },
      { tag: 'export', name: 'tab', type: { tag: 'table', element: 'funcref', limits } },
      { tag: 'export', name: 'glob', type: { tag: 'global', type: 'i32', mutable: true } },
      { tag: 'export', name: 'tag', type: { tag: 'tag', type: 0 } },
      {
        tag: 'export',
        name: 'tiny',
        type: {
          tag: 'memory',
          limits: { minimum: 1n, maximum: 2n, shared: true, memory64: false, pageSizeLog2: 0 },
        },
      },
    ]);
  });
});
