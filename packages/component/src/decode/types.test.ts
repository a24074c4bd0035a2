import { describe, expect, it } from 'vitest';
import type { DefType } from '../ast.ts';
import * as b from '../fixtures/bytes.ts';
import { decode } from './decode-explained.ts';

function type(...content: b.Bytes): DefType | undefined {
  const [definition] = decode(b.component(b.types(content))).definitions;
  return definition?.tag === 'type' ? definition.type : undefined;
}

describe('the decoder of types', () => {
  it.each<[string, b.Bytes, DefType]>([
    ['primitives', b.CHAR, { tag: 'primitive', type: 'char' }],
    ['error contexts', [0x64], { tag: 'primitive', type: 'error-context' }],
    ['records', b.record(['a', b.U8]), { tag: 'record', fields: [{ name: 'a', type: 'u8' }] }],
    [
      'variants',
      b.variant(['a'], ['b', [3]]),
      { tag: 'variant', cases: [{ name: 'a' }, { name: 'b', type: 3 }] },
    ],
    ['lists of a type whose index has two bytes', b.list([0x80, 0x01]), { tag: 'list', element: 128 }],
    [
      'lists of fixed length',
      b.fixedList(b.U8, 300),
      { tag: 'fixed-length-list', element: 'u8', length: 300 },
    ],
    ['tuples', b.tuple(b.U8, b.BOOL), { tag: 'tuple', types: ['u8', 'bool'] }],
    ['flags', b.flags('a', 'b'), { tag: 'flags', names: ['a', 'b'] }],
    ['enums', b.enumeration('a'), { tag: 'enum', names: ['a'] }],
    ['options', b.option(b.STRING), { tag: 'option', type: 'string' }],
    ['results without types', [0x6a, 0, 0], { tag: 'result' }],
    ['results', [0x6a, 1, b.U8, 1, [0]], { tag: 'result', ok: 'u8', err: 0 }],
    ['own', b.own(2), { tag: 'own', resource: 2 }],
    ['borrow', b.borrow(2), { tag: 'borrow', resource: 2 }],
    ['streams', b.stream(), { tag: 'stream' }],
    ['futures', [0x65, 1, b.U8], { tag: 'future', payload: 'u8' }],
    ['maps', b.map(b.STRING, b.U8), { tag: 'map', key: 'string', value: 'u8' }],
    [
      'functions',
      b.func([['x', b.U8]], b.BOOL),
      { tag: 'func', async: false, params: [{ name: 'x', type: 'u8' }], result: 'bool' },
    ],
    ['async functions', b.func([], undefined, 0x43), { tag: 'func', async: true, params: [] }],
    ['resources', [0x3f, 0x7e, 1, 5], { tag: 'resource', rep: 'i64', destructor: 5 }],
  ])('reads %s', (_what, content, expected) => {
    expect(type(content)).toEqual(expected);
  });

  it('reads declarations', () => {
    const found = type(
      b.componentType(
        [0x00, 0x60, b.vec([0x7f]), b.vec()],
        b.declareType(b.U8),
        b.declareAlias(b.aliasOuter(b.TYPE, 1, 4)),
        b.declareImport('i', b.subResource()),
        b.declareExport('e', b.instanceOf(2)),
      ),
    );
    expect(found?.tag === 'component' && found.declarations).toMatchObject([
      { tag: 'core-type', type: { tag: 'func', params: ['i32'], results: [] } },
      { tag: 'type', type: { tag: 'primitive', type: 'u8' } },
      { tag: 'alias', alias: { tag: 'outer', sort: 'type', count: 1, index: 4 } },
      { tag: 'import', name: { name: 'i' }, type: { tag: 'type', bound: { tag: 'sub-resource' } } },
      { tag: 'export', name: { name: 'e' }, type: { tag: 'instance', type: 2 } },
    ]);
  });

  it.each([
    [
      'an import in an instance type',
      b.instanceType(b.declareImport('i', b.subResource())),
      /has no imports/u,
    ],
    [
      'a compound type in place of a value type',
      b.list([0x70]),
      /must be defined first and referred to by index/u,
    ],
    ['a function type of core wasm', [0x60, 0, 0], /is not the opcode of a type/u],
    [
      'a case without its end',
      [0x71, b.vec([b.str('a'), 0, 1])],
      /expected 0x00 at the end of a variant case/u,
    ],
    ['a declaration of unknown kind', b.instanceType([0x05]), /is not the opcode of a declaration/u],
  ])('refuses %s', (_what, content, message) => {
    expect(() => type(content)).toThrow(message);
  });
});
