import {
  contractOf,
  functionsOf,
  type Interface,
  mismatches,
  pathTexts,
  type Resolve,
  type TypeDef,
  typesOf,
  type World,
} from '@wit-ts/model';
import { describe, expect, it } from 'vitest';
import { DecodeError } from '../decode-error.ts';
import { decode } from '../decode/decode-explained.ts';
import * as b from '../fixtures/bytes.ts';
import { realComponents } from '../fixtures/real.ts';
import { componentWorld } from './component-world.ts';

function worldOf(...sections: b.Bytes): { resolve: Resolve; world: World } {
  return componentWorld(decode(b.component(...sections)));
}

function interfaceAt(items: World['imports'], key: string): Interface {
  const item = items.get(key);
  if (item?.tag !== 'interface') throw new Error(`no interface ${key}`);
  return item.interface;
}

function typeAt(iface: Interface, name: string): TypeDef {
  const type = iface.types.get(name);
  if (type === undefined) throw new Error(`no type ${name}`);
  return type;
}

/** `wasi:io/files@1.2.0`: a resource with all kinds of functions, a record, a type of its own. */
const files = b.instanceType(
  b.declareExport('file', b.subResource()),
  b.declareType(b.record(['size', b.U32])),
  b.declareExport('stat', b.typeEq(1)),
  b.declareType(b.own(0)),
  b.declareType(b.borrow(0)),
  b.declareType(b.func([['path', b.STRING]], [3])),
  b.declareExport('[constructor]file', b.funcOf(5)),
  b.declareType(b.func([['self', [4]]], [2], 0x43)),
  b.declareExport('[method]file.stat', b.funcOf(6)),
  b.declareExport('[static]file.open', b.funcOf(5)),
  b.declareType(b.list([3])),
  b.declareType(
    b.func([
      ['files', [7]],
      ['more', [7]],
    ]),
  ),
  b.declareExport('remove-all', b.funcOf(8)),
);

describe('an imported interface', () => {
  const { resolve, world } = worldOf(
    b.types(files),
    b.imports(b.importing('wasi:io/files@1.2.0', b.instanceOf(0))),
  );
  const iface = interfaceAt(world.imports, 'wasi:io/files@1.2.0');

  it('belongs to its own package, beside the package of the world', () => {
    expect(resolve.packages.map((pkg) => pkg.name)).toEqual([
      { namespace: 'wasi', name: 'io', version: '1.2.0' },
      { namespace: 'root', name: 'component' },
    ]);
    expect(iface).toMatchObject({ name: 'files' });
    expect(iface.package?.interfaces.get('files')).toBe(iface);
    expect(world).toMatchObject({ name: 'root' });
    expect(world.package?.worlds.get('root')).toBe(world);
  });

  it('has its types and functions in the order of the binary', () => {
    expect([...iface.types.keys()]).toEqual(['file', 'stat']);
    expect([...iface.functions.keys()]).toEqual([
      '[constructor]file',
      '[method]file.stat',
      '[static]file.open',
      'remove-all',
    ]);
  });

  it('has functions with their resources', () => {
    const file = typeAt(iface, 'file');
    expect(file).toMatchObject({ name: 'file', kind: { tag: 'resource' }, owner: iface });
    expect(iface.functions.get('[constructor]file')).toMatchObject({
      name: 'file',
      kind: { tag: 'constructor', resource: file },
    });
    const method = iface.functions.get('[method]file.stat');
    expect(method).toMatchObject({ name: 'stat', kind: { tag: 'method', resource: file }, async: true });
    expect(method?.params).toEqual([{ name: 'self', type: { kind: { tag: 'borrow', resource: file } } }]);
    expect(method?.result).toBe(typeAt(iface, 'stat'));
    expect(iface.functions.get('[static]file.open')).toMatchObject({
      name: 'open',
      kind: { tag: 'static', resource: file },
    });
  });

  it('refers to one anonymous type as one object', () => {
    const params = iface.functions.get('remove-all')?.params ?? [];
    expect(params[0]?.type).toBe(params[1]?.type);
    expect(resolve.types.filter((type) => type.kind.tag === 'own')).toHaveLength(1);
  });

  it('has each type after the types that it needs', () => {
    const file = typeAt(iface, 'file');
    const tags = resolve.types.map((type) => type.kind.tag);
    expect(tags).toEqual(['resource', 'record', 'own', 'borrow', 'list']);
    expect(resolve.types[0]).toBe(file);
  });
});

describe('types of one interface in another one', () => {
  const user = b.instanceType(
    b.declareAlias(b.aliasOuter(b.TYPE, 1, 1)),
    b.declareExport('file', b.typeEq(0)),
    b.declareAlias(b.aliasOuter(b.TYPE, 1, 2)),
    b.declareExport('status', b.typeEq(2)),
    b.declareType(b.own(1)),
    b.declareType(b.func([['f', [4]]], [3])),
    b.declareExport('check', b.funcOf(5)),
  );
  const { resolve, world } = worldOf(
    b.types(files),
    b.imports(b.importing('wasi:io/files', b.instanceOf(0))),
    b.aliases(b.aliasExport(b.TYPE, 0, 'file'), b.aliasExport(b.TYPE, 0, 'stat')),
    b.types(user),
    b.imports(b.importing('my:app/checks', b.instanceOf(3))),
    b.imports(b.importing('used', b.typeEq(2))),
  );
  const original = interfaceAt(world.imports, 'wasi:io/files');
  const using = interfaceAt(world.imports, 'my:app/checks');

  it('are aliases of the original, whatever their names', () => {
    expect(typeAt(using, 'file').kind).toEqual({ tag: 'alias', type: typeAt(original, 'file') });
    expect(typeAt(using, 'status').kind).toEqual({ tag: 'alias', type: typeAt(original, 'stat') });
    expect(world.imports.get('used')).toMatchObject({
      tag: 'type',
      type: { name: 'used', owner: world, kind: { tag: 'alias', type: typeAt(original, 'stat') } },
    });
  });

  it('are the types that functions refer to', () => {
    const check = using.functions.get('check');
    expect(check?.result).toBe(typeAt(using, 'status'));
    expect(check?.params[0]?.type).toEqual({ kind: { tag: 'own', resource: typeAt(using, 'file') } });
  });

  it('put the package of the original first', () => {
    expect(resolve.packages.map((pkg) => pkg.name.namespace)).toEqual(['wasi', 'my', 'root']);
  });
});

function withFunction(name: string): b.Bytes {
  return b.instanceType(b.declareType(b.func([])), b.declareExport(name, b.funcOf(0)));
}

describe('one interface in several places', () => {
  it('is one object with the functions of all places', () => {
    const { resolve, world } = worldOf(
      b.types(withFunction('a'), withFunction('b')),
      b.imports(b.importing('x:y/z', b.instanceOf(0)), b.importing('other', b.instanceOf(1))),
      b.exports(b.exporting('x:y/z', b.INSTANCE, 1)),
    );
    expect(interfaceAt(world.exports, 'x:y/z')).toBe(interfaceAt(world.imports, 'x:y/z'));
    expect([...interfaceAt(world.exports, 'x:y/z').functions.keys()]).toEqual(['a', 'b']);
    expect(resolve.interfaces).toHaveLength(2);
  });

  it('keeps the plain names under which it is implemented', () => {
    const { world } = worldOf(
      b.types(b.instanceType()),
      b.imports(
        [b.attributed('primary', [0, 'kv:kv/store@1.0.0'], [2, 'db-1']), b.instanceOf(0)],
        [b.attributed('backup', [0, 'kv:kv/store@1.0.0']), b.instanceOf(0)],
      ),
    );
    expect([...world.imports.keys()]).toEqual(['primary', 'backup']);
    expect(world.imports.get('primary')).toMatchObject({ externalId: 'db-1' });
    expect(interfaceAt(world.imports, 'primary')).toMatchObject({
      name: 'store',
      package: { name: { version: '1.0.0' } },
    });
    expect(interfaceAt(world.imports, 'backup')).toBe(interfaceAt(world.imports, 'primary'));
  });

  it('gets its full version back from a canonical version', () => {
    const { world } = worldOf(
      b.types(b.instanceType()),
      b.imports([b.attributed('a:b/c@0.2', [1, '.6']), b.instanceOf(0)]),
    );
    expect([...world.imports.keys()]).toEqual(['a:b/c@0.2.6']);
  });
});

describe('the world of a component', () => {
  it('has functions, types and inline interfaces', () => {
    const { world } = worldOf(
      b.imports(b.importing('r', b.subResource())),
      b.types(b.borrow(0), b.func([['self', [1]]])),
      b.imports(b.importing('[method]r.poke', b.funcOf(2))),
      b.types(b.instanceType(b.declareType(b.func([])), b.declareExport('run', b.funcOf(0)))),
      b.imports(b.importing('inner', b.instanceOf(3))),
    );
    expect([...world.imports.keys()]).toEqual(['r', '[method]r.poke', 'inner']);
    expect(world.imports.get('[method]r.poke')).toMatchObject({
      tag: 'function',
      function: { name: 'poke', kind: { tag: 'method', resource: { name: 'r', owner: { name: 'root' } } } },
    });
    expect(interfaceAt(world.imports, 'inner').name).toBeUndefined();
  });

  it('leaves out items that WIT cannot express', () => {
    const { world } = worldOf(
      b.types(b.componentType()),
      b.coreTypes([0x50, b.vec()]),
      b.imports(
        b.importing('c', b.componentOf(0)),
        b.importing('m', [0x00, 0x11, 0]),
        b.importing('v', [0x02, 0x01, b.U8]),
      ),
    );
    expect(world.imports.size).toBe(0);
  });

  it('follows exports through instantiated components', () => {
    const shim = b.nested(
      b.types(b.record(['a', b.U8])),
      b.imports(b.importing('import-type-t', b.typeEq(0))),
      b.types(b.func([['x', [1]]])),
      b.imports(b.importing('import-func-f', b.funcOf(2))),
      b.exports(b.exporting('t', b.TYPE, 1)),
      b.types(b.func([['x', [3]]])),
      b.exports(b.exporting('f', b.FUNC, 0, b.funcOf(4))),
    );
    const { world } = worldOf(
      b.types(b.record(['a', b.U8]), b.func([['x', [0]]])),
      b.canons([0x00, 0x00, 0, b.vec(), 1]),
      shim,
      b.instances(b.instantiate(0, ['import-type-t', b.TYPE, 0], ['import-func-f', b.FUNC, 0])),
      b.exports(b.exporting('a:b/c', b.INSTANCE, 0)),
    );
    expect(interfaceAt(world.exports, 'a:b/c').functions.get('f')?.params[0]?.type).toBe(
      typeAt(interfaceAt(world.exports, 'a:b/c'), 't'),
    );
  });
});

describe('documentation', () => {
  const json = {
    worlds: {
      root: {
        docs: 'the world',
        interface_import_docs: { 'a:b/c': 'why' },
        interface_import_stability: { 'a:b/c': { unstable: { feature: 'x' } } },
      },
    },
    interfaces: {},
  };

  it('comes from the section package-docs', () => {
    const { world } = worldOf(
      b.types(b.instanceType()),
      b.imports(b.importing('a:b/c', b.instanceOf(0))),
      b.custom('package-docs', 1, [...new TextEncoder().encode(JSON.stringify(json))]),
    );
    expect(world.docs).toEqual({ contents: 'the world' });
    expect(world.imports.get('a:b/c')).toMatchObject({
      docs: { contents: 'why' },
      stability: { tag: 'unstable', feature: 'x' },
    });
  });

  it.each([
    ['is not JSON', [1, 0x7b]],
    ['is of a later version', [9, 0x7b, 0x7d]],
    ['is empty', []],
    ['has another structure', [1, ...new TextEncoder().encode('{"worlds":[1],"__proto__":{"docs":"no"}}')]],
  ])('is ignored if it %s', (_what, content) => {
    expect(worldOf(b.custom('package-docs', content)).world.docs).toBeUndefined();
  });
});

describe('a component that WIT cannot express', () => {
  it.each<[string, b.Bytes, RegExp]>([
    [
      'a record without a name',
      [b.types(b.record(['a', b.U8]), b.func([['x', [0]]])), b.imports(b.importing('f', b.funcOf(1)))],
      /`f` uses a record without a name/u,
    ],
    [
      'an interface in nested namespaces',
      [b.types(b.instanceType()), b.imports(b.importing('a:b:c/d', b.instanceOf(0)))],
      /cannot express the interface name/u,
    ],
    [
      'a method without its resource',
      [b.types(b.func([])), b.imports(b.importing('[method]r.f', b.funcOf(0)))],
      /which is not defined before it/u,
    ],
    [
      'an index of a type that does not exist',
      [b.imports(b.importing('f', b.funcOf(3)))],
      /type 3 does not exist/u,
    ],
  ])('is refused: %s', (_what, sections, message) => {
    expect(() => worldOf(sections)).toThrow(message);
    expect(() => worldOf(sections)).toThrow(DecodeError);
  });
});

describe.skipIf(!realComponents.has('edge-handler/built/rust.wasm'))(
  'the world of a real component (skipped if test-components are not built)',
  () => {
    it('has exports, and no types beside its interfaces and functions', () => {
      const { world } = componentWorld(decode(realComponents.get('edge-handler/built/rust.wasm')!));
      expect([...world.exports.keys()].length).toBeGreaterThan(0);
      for (const item of [...world.imports.values(), ...world.exports.values()])
        expect(item.tag).not.toBe('type');
    });
  },
);

describe('one interface in both directions', () => {
  const func = b.declareType(b.func([]));
  const part = b.instanceType(func, b.declareExport('read', b.funcOf(0)));
  const whole = b.instanceType(
    func,
    b.declareExport('read', b.funcOf(0)),
    b.declareExport('t', b.subResource()),
    b.declareExport('write', b.funcOf(0)),
  );
  const both = (imported: number, exported: number): World =>
    worldOf(
      b.types(part, whole),
      b.imports(b.importing('a:b/i', b.instanceOf(imported)), b.importing('source', b.instanceOf(exported))),
      b.exports(b.exporting('a:b/i', b.INSTANCE, 1)),
    ).world;

  it('is one object, of which the import has only the imported part', () => {
    const world = both(0, 1);
    expect(interfaceAt(world.imports, 'a:b/i')).toBe(interfaceAt(world.exports, 'a:b/i'));
    expect([...functionsOf(world.imports.get('a:b/i')!).keys()]).toEqual(['read']);
    expect([...typesOf(world.imports.get('a:b/i')!).keys()]).toEqual([]);
    expect([...functionsOf(world.exports.get('a:b/i')!).keys()]).toEqual(['read', 'write']);
    expect([...typesOf(world.exports.get('a:b/i')!).keys()]).toEqual(['t']);
  });

  it('requires only the imported part from a host', () => {
    expect(mismatches(both(0, 1), { ...both(0, 1), exports: new Map() })).toEqual([]);
    expect(mismatches(both(1, 0), both(0, 1)).map(({ code, path }) => [code, ...pathTexts(path)])).toEqual([
      ['type-missing', 'import a:b/i', 'type t'],
      ['type-missing', 'export a:b/i', 'type t'],
      ['function-missing', 'import a:b/i', 'func write'],
      ['function-missing', 'export a:b/i', 'func write'],
    ]);
  });

  it('is written out in a contract if its two directions differ', () => {
    const { imports, exports } = contractOf(both(0, 1));
    expect(imports['a:b/i']).toEqual({ functions: { read: 'func()' } });
    expect(exports['a:b/i']).toEqual({
      types: { t: 'use source.{t}' },
      functions: { read: 'func()', write: 'func()' },
    });
    expect(contractOf(both(1, 1)).exports['a:b/i']).toBe('interface a:b/i');
  });
});

describe('an item that WIT cannot express', () => {
  it('is left out of the world and listed', () => {
    const { world, unexpressed } = componentWorld(
      decode(
        b.component(
          b.coreTypes([0x50, b.vec()]),
          b.types(
            b.instanceType(b.declareType(b.instanceType()), b.declareExport('inner', b.instanceOf(0))),
            b.componentType(),
          ),
          b.imports(
            b.importing('m', [0x00, 0x11, b.u32(0)]),
            b.importing('c', b.componentOf(1)),
            b.importing('i', b.instanceOf(0)),
          ),
          b.exports(b.exporting('d', b.COMPONENT, 0)),
        ),
      ),
    );
    expect([...world.imports.keys()]).toEqual(['i']);
    expect(unexpressed).toEqual([
      { side: 'import', path: ['m'], sort: 'core module' },
      { side: 'import', path: ['c'], sort: 'component' },
      { side: 'import', path: ['i', 'inner'], sort: 'instance' },
      { side: 'export', path: ['d'], sort: 'component' },
    ]);
  });
});
