import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import type { Definition } from '../ast.ts';
import { DecodeError } from '../decode-error.ts';
import * as b from '../fixtures/bytes.ts';
import { decode } from './decode-explained.ts';
import { decodeWith } from './decode.ts';

function definitions(...sections: b.Bytes): readonly Definition[] {
  return decode(b.component(...sections)).definitions;
}

describe('bytes that are not a component', () => {
  it.each([
    ['no bytes', [], /the input is empty/u],
    [
      'text',
      [...new TextEncoder().encode('(component)')],
      /WebAssembly text, not a binary; assemble it first/u,
    ],
    [
      'a file of another format',
      [0x50, 0x4b, 3, 4],
      /not a WebAssembly binary: the input starts with `50 4b 03 04`/u,
    ],
    ['half a preamble', [0x00, 0x61, 0x73, 0x6d, 0x0d], /middle of the preamble/u],
    [
      'a core module',
      [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
      /a core module, not a component; make a component of it/u,
    ],
    [
      'an older draft',
      [0x00, 0x61, 0x73, 0x6d, 0x0c, 0, 1, 0],
      /version 0x0c of the binary format, an older draft/u,
    ],
    ['an unknown layer', [0x00, 0x61, 0x73, 0x6d, 0x0d, 0, 2, 0], /unknown layer 2/u],
  ])('are refused with a specific message: %s', (_what, content, message) => {
    expect(() => decode(Uint8Array.from(content))).toThrow(message);
    expect(() => decode(Uint8Array.from(content))).toThrow(DecodeError);
  });
});

describe('sections', () => {
  it('may come in any order and number, and keep the order of their definitions', () => {
    const found = definitions(
      b.types(b.U8),
      b.types(),
      b.imports(b.importing('a', b.typeEq(0))),
      b.types(b.STRING),
    );
    expect(found.map((definition) => definition.tag)).toEqual(['type', 'import', 'type']);
  });

  it('give each definition its offset', () => {
    const [first, second] = definitions(b.types(b.U8, b.list([0])));
    expect([first?.offset, second?.offset]).toEqual([11, 12]);
  });

  it.each([
    ['an unknown id', [0x0d, 0x00], /not the id of a component section/u],
    ['a size beyond the end', [0x07, 0x05, 0x00], /announces 5 bytes/u],
    ['bytes after the contents', [0x07, 0x02, 0x00, 0x00], /left over/u],
  ])('are refused with %s', (_what, content, message) => {
    expect(() => decode(b.component(content))).toThrow(message);
  });

  it('keep modules, custom sections and nested components as views of the same bytes', () => {
    const whole = b.component(b.custom('notes', 1, 2, 3), b.coreModule(), b.nested(b.custom('inner', 9)));
    const component = decode(whole);
    const [module, inner] = component.definitions;
    expect(component.customSections).toEqual([{ name: 'notes', offset: 10, bytes: Uint8Array.of(1, 2, 3) }]);
    expect(component.customSections[0]?.bytes.buffer).toBe(whole.buffer);
    expect(module?.tag === 'core-module' && module.bytes.buffer).toBe(whole.buffer);
    expect(inner?.tag === 'component' && inner.component.customSections[0]?.name).toBe('inner');
    expect(inner?.tag === 'component' && inner.component.offset).toBe(inner?.offset);
  });

  it('can be read from an ArrayBuffer, too', () => {
    const whole = b.component(b.types(b.U8));
    expect(decode(whole.buffer as ArrayBuffer)).toEqual(decode(whole));
  });

  it('may not contain a component in place of a core module', () => {
    expect(() => decode(b.component([1, b.sized(b.body())]))).toThrow(/preamble of a core module/u);
  });

  it('may not nest too deeply', () => {
    let inner = b.body();
    for (let i = 0; i < 200; i += 1) inner = [...b.bytes(b.body([4, b.sized(inner)]))];
    expect(() => decode(b.bytes(inner))).toThrow(/nested more than/u);
    let type: b.Bytes = b.instanceType();
    for (let i = 0; i < 200; i += 1) type = b.instanceType(b.declareType(type));
    expect(() => decode(b.component(b.types(type)))).toThrow(/nested more than/u);
  });
});

describe('the decoder of other definitions', () => {
  it.each<[string, b.Bytes, object]>([
    [
      'core instances',
      b.coreInstances([0x00, 1, b.vec([b.str('a'), 0x12, 2])]),
      { instance: { tag: 'instantiate', module: 1, args: [{ name: 'a', instance: 2 }] } },
    ],
    [
      'core instances of exports',
      b.coreInstances([0x01, b.vec([b.str('a'), 0x02, 3])]),
      { instance: { tag: 'exports', exports: [{ name: 'a', sort: 'memory', index: 3 }] } },
    ],
    [
      'instances',
      b.instances(b.instantiate(1, ['a', b.FUNC, 2])),
      { instance: { tag: 'instantiate', component: 1, args: [{ name: 'a', sort: 'func', index: 2 }] } },
    ],
    [
      'instances of exports',
      b.instances([0x01, b.vec([b.extern('a'), 0x00, 0x11, 3])]),
      { instance: { tag: 'exports', exports: [{ name: { name: 'a' }, sort: 'core module', index: 3 }] } },
    ],
    [
      'export aliases',
      b.aliases(b.aliasExport(b.INSTANCE, 4, 'a')),
      { alias: { tag: 'export', sort: 'instance', instance: 4, name: 'a' } },
    ],
    [
      'core export aliases',
      b.aliases([0x00, 0x01, 0x01, 4, b.str('a')]),
      { alias: { tag: 'core-export', sort: 'table', instance: 4, name: 'a' } },
    ],
    [
      'outer aliases',
      b.aliases([0x00, 0x10, 0x02, 1, 2]),
      { alias: { tag: 'outer', sort: 'core type', count: 1, index: 2 } },
    ],
    [
      'exports',
      b.exports(b.exporting('a', b.FUNC, 3, b.funcOf(4))),
      { tag: 'export', name: { name: 'a' }, sort: 'func', index: 3, type: { tag: 'func', type: 4 } },
    ],
    [
      'start functions',
      [9, b.sized(1, b.vec([2], [3]), 1)],
      { tag: 'start', func: 1, args: [2, 3], results: 1 },
    ],
    ['values', b.section(12, [b.U8, 1, 42]), { tag: 'value', type: 'u8', bytes: Uint8Array.of(42) }],
    [
      'imported values',
      b.imports(b.importing('a', [0x02, 0x01, b.U8])),
      { type: { tag: 'value', bound: { tag: 'type', type: 'u8' } } },
    ],
    [
      'equal values',
      b.imports(b.importing('a', [0x02, 0x00, 3])),
      { type: { tag: 'value', bound: { tag: 'eq', value: 3 } } },
    ],
    [
      'imported modules',
      b.imports(b.importing('a', [0x00, 0x11, 3])),
      { type: { tag: 'core-module', type: 3 } },
    ],
  ])('reads %s', (_what, content, expected) => {
    expect(definitions(content)[0]).toMatchObject(expected);
  });

  it.each([
    [
      'an argument of a core instance that is not an instance',
      b.coreInstances([0x00, 0, b.vec([b.str('a'), 0x00, 0])]),
      /expected 0x12/u,
    ],
    [
      'a core alias of a component sort',
      b.aliases([0x03, 0x01, 0, b.str('a')]),
      /core instance exports no type/u,
    ],
    [
      'an import of a core function',
      b.imports(b.importing('a', [0x00, 0x00, 0])),
      /a core func can be neither imported nor exported/u,
    ],
    ['an unknown sort', b.aliases([0x06, 0x00, 0, b.str('a')]), /not a sort/u],
    ['an unknown target of an alias', b.aliases([0x01, 0x03, 0, b.str('a')]), /not a target of an alias/u],
  ])('refuses %s', (_what, content, message) => {
    expect(() => definitions(content)).toThrow(message);
  });
});

it.each(['new Uint8Array(list)', 'new Uint8Array(list).buffer', 'new DataView(new Uint8Array(list).buffer)'])(
  'reads bytes of another realm: %s',
  (code) => {
    const bytes = b.component(b.custom('note', 1, 2));
    const foreign = runInNewContext(code, { list: [...bytes] }) as Uint8Array;
    expect(decode(foreign)).toEqual(decode(bytes));
  },
);

describe('decodeWith, without the code for rare definitions', () => {
  it('decodes what most components consist of', () => {
    const bytes = b.component(
      b.types([0x72, b.vec([b.str('x'), b.U8])], [0x3f, 0x7f, 0x00]),
      b.section(8, [0x00, 0x00, 0, b.vec([0x02]), 0], [0x03, 1]),
    );
    expect(decodeWith(bytes)).toEqual(decode(bytes));
  });

  it.each<[string, b.Bytes]>([
    ['a core type', b.coreTypes([0x60, b.vec([0x7f]), b.vec()])],
    ['a core type in the type of an instance', b.types([0x42, b.vec([0x00, 0x60, b.vec(), b.vec()])])],
    ['a built-in of tasks', b.section(8, [0x05])],
    ['a start function', [9, 3, 0, 0, 0]],
    ['a value', b.section(12, [b.U8, 1, 7])],
    ['a name with attributes', b.section(10, [0x02, b.str('a'), b.vec([0x02, b.str('b')]), 0x01, 0])],
    ['a resource that is not represented by an i32', b.types([0x3f, 0x7e, 0x00])],
  ])('refuses %s, so that the caller loads that code', (_what, section) => {
    const bytes = b.component(section);
    expect(() => decodeWith(bytes)).toThrow(DecodeError);
    expect(() => decodeWith(bytes)).toThrow(/cannot be loaded on this platform/u);
    expect(decode(bytes).definitions).toHaveLength(1);
  });
});
