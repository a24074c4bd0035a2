import { describe, expect, it } from 'vitest';
import { decode } from '../decode/decode-explained.ts';
import * as b from '../fixtures/bytes.ts';
import { decodeWitPackage, isWitPackage } from './wit-package.ts';

const types = b.instanceType(b.declareType(b.record(['f', b.U8])), b.declareExport('t', b.typeEq(0)));

/** Returns the type of a member of a package: it exports one item under the full name of the item. */
function memberType(name: string, item: b.Bytes, of: b.Bytes, ...before: readonly b.Bytes[]): b.Bytes {
  return b.componentType(...before, b.declareType(item), b.declareExport(name, of));
}

const docs = {
  docs: 'the package',
  interfaces: {
    types: {
      docs: 'the types',
      types: { t: { docs: 'a type', stability: { stable: { since: '1.0.0' } }, items: { f: 'a field' } } },
    },
  },
};

const whole = decode(
  b.component(
    b.types(memberType('my:pkg/types@1.0.0', types, b.instanceOf(0))),
    b.exports(b.exporting('types', b.TYPE, 0)),
    b.types(
      b.componentType(
        b.declareType(types),
        b.declareImport('my:pkg/types@1.0.0', b.instanceOf(0)),
        b.declareAlias(b.aliasExport(b.TYPE, 0, 't')),
        b.declareType(
          b.instanceType(b.declareAlias(b.aliasOuter(b.TYPE, 1, 1)), b.declareExport('t', b.typeEq(0))),
        ),
        b.declareExport('my:pkg/user@1.0.0', b.instanceOf(2)),
      ),
    ),
    b.exports(b.exporting('user', b.TYPE, 2)),
    b.types(
      memberType(
        'my:pkg/app@1.0.0',
        b.componentType(
          b.declareType(types),
          b.declareImport('my:pkg/types@1.0.0', b.instanceOf(0)),
          b.declareType(b.func([])),
          b.declareExport('run', b.funcOf(1)),
        ),
        b.componentOf(0),
      ),
    ),
    b.exports(b.exporting('app', b.TYPE, 4)),
    b.custom('package-docs', 1, [...new TextEncoder().encode(JSON.stringify(docs))]),
  ),
);

describe('a package in wasm form', () => {
  const { resolve, package: main } = decodeWitPackage(whole);

  it('has its interfaces and worlds', () => {
    expect(main.name).toEqual({ namespace: 'my', name: 'pkg', version: '1.0.0' });
    expect([...main.interfaces.keys()]).toEqual(['types', 'user']);
    expect([...main.worlds.keys()]).toEqual(['app']);
    expect(resolve.packages).toEqual([main]);
  });

  it('has one object for each interface', () => {
    const item = main.worlds.get('app')?.imports.get('my:pkg/types@1.0.0');
    expect(item?.tag === 'interface' && item.interface).toBe(main.interfaces.get('types'));
    const original = main.interfaces.get('types')?.types.get('t');
    expect(main.interfaces.get('user')?.types.get('t')?.kind).toEqual({ tag: 'alias', type: original });
  });

  it('has its documentation and stability', () => {
    expect(main.docs).toEqual({ contents: 'the package' });
    const iface = main.interfaces.get('types');
    expect(iface?.docs).toEqual({ contents: 'the types' });
    expect(iface?.types.get('t')).toMatchObject({
      docs: { contents: 'a type' },
      stability: { tag: 'stable', since: '1.0.0' },
      kind: { fields: [{ name: 'f', docs: { contents: 'a field' } }] },
    });
    expect(main.interfaces.get('user')?.docs).toBeUndefined();
  });
});

describe('the earlier form of a package', () => {
  it('has one type that exports all members', () => {
    const component = decode(
      b.component(
        b.types(b.componentType(b.declareType(types), b.declareExport('types', b.instanceOf(0)))),
        b.exports(b.exporting('my:pkg/wit', b.TYPE, 0)),
      ),
    );
    const { package: main } = decodeWitPackage(component);
    expect(main.name).toEqual({ namespace: 'my', name: 'pkg' });
    expect(main.interfaces.get('types')?.types.get('t')?.kind.tag).toBe('record');
  });
});

describe('a WIT package', () => {
  it.each<[string, boolean, b.Bytes]>([
    ['exported component types', true, [b.types(b.componentType()), b.exports(b.exporting('a', b.TYPE, 0))]],
    ['an empty component', false, []],
    ['another exported type', false, [b.types(b.U8), b.exports(b.exporting('a', b.TYPE, 0))]],
    ['a type that is not exported', false, [b.types(b.componentType())]],
    [
      'an import',
      false,
      [
        b.types(b.componentType()),
        b.exports(b.exporting('a', b.TYPE, 0)),
        b.imports(b.importing('i', b.subResource())),
      ],
    ],
  ])('is recognised by its exports: %s → %s', (_what, expected, sections) => {
    expect(isWitPackage(decode(b.component(sections)))).toBe(expected);
  });

  it('is the only component that can be decoded as one', () => {
    expect(() => decodeWitPackage(decode(b.component()))).toThrow(/not a WIT package/u);
  });

  it('may not have members of two packages', () => {
    const two = b.component(
      b.types(memberType('a:a/i', types, b.instanceOf(0)), memberType('b:b/i', types, b.instanceOf(0))),
      b.exports(b.exporting('i', b.TYPE, 0), b.exporting('j', b.TYPE, 1)),
    );
    expect(() => decodeWitPackage(decode(two))).toThrow(/`b:b\/i` belongs to another package than `a:a`/u);
  });
});
