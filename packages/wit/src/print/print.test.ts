import type { Func, Interface, Mutable, Package, Resolve, Type, TypeDef, World } from '@wit-ts/model';
import { keywords as grammarKeywords } from '@wit-ts/grammar';
import { keywords } from '@wit-ts/model';
import { describe, expect, it } from 'vitest';
import { print, printPackages, resolve as resolveText } from '../index.ts';

describe('print', () => {
  it('escapes names that are keywords', () => {
    const { resolve, pkg, iface } = contract('list', 'interface');
    iface.types.set('type', {
      name: 'type',
      owner: iface,
      kind: { tag: 'flags', flags: [{ name: 'enum' }] },
    });
    iface.functions.set(
      'use',
      func({ name: 'use', params: [{ name: 'from', type: iface.types.get('type')! }] }),
    );
    expect(print(resolve, pkg)).toBe(`package test:%list;

interface %interface {
  flags %type {
    %enum,
  }

  %use: func(%from: %type);
}

`);
  });

  it('has the keywords of the grammar', () => {
    expect([...keywords].sort()).toEqual([...grammarKeywords].sort());
  });

  it('writes documentation, gates and external ids before items, and documentation before members', () => {
    const { resolve, pkg, iface } = contract();
    pkg.docs = { contents: 'The package.\n\n  Indented.' };
    iface.stability = { tag: 'unstable', feature: 'new', deprecated: '1.0.0' };
    iface.types.set('r', {
      name: 'r',
      owner: iface,
      kind: { tag: 'record', fields: [{ name: 'a', type: 'u8', docs: { contents: 'About a.' } }] },
      docs: { contents: '' },
      stability: { tag: 'stable', since: '1.0.0-rc.1' },
      externalId: 'a "b"\n\u{e9}',
    });
    expect(print(resolve, pkg)).toBe(`/// The package.
///
///   Indented.
package test:p;

@unstable(feature = new)
@deprecated(version = 1.0.0)
interface i {
  @since(version = 1.0.0-rc.1)
  @external-id("a \\"b\\"\\n\\u{e9}")
  record r {
    /// About a.
    a: u8,
  }
}

`);
    expect(print(resolve, pkg, { docs: false })).not.toContain('///');
  });

  it('writes the payloads of futures and streams that have one', () => {
    const { resolve, pkg, iface } = contract();
    const result: TypeDef = {
      kind: {
        tag: 'tuple',
        types: [{ kind: { tag: 'future' } }, { kind: { tag: 'stream', payload: 'u8' } }],
      },
    };
    iface.functions.set('f', func({ result, async: true }));
    expect(print(resolve, pkg)).toContain('  f: async func() -> tuple<future, stream<u8>>;\n');
  });

  it('joins neighbouring uses of one interface if their gates are the same', () => {
    const { resolve, pkg, iface } = contract();
    const other: Interface = { name: 'other', package: pkg, types: new Map(), functions: new Map() };
    const use = (name: string, from: Interface, rest: Partial<TypeDef> = {}): void => {
      const target: TypeDef = { name: name.replace('my-', ''), owner: from, kind: { tag: 'resource' } };
      iface.types.set(name, { name, owner: iface, kind: { tag: 'alias', type: target }, ...rest });
    };
    use('a', other);
    use('my-b', other);
    use('c', other, { stability: { tag: 'stable', since: '1.0.0' } });
    use('d', other, { externalId: 'x' });
    expect(print(resolve, pkg)).toContain(`interface i {
  use other.{a, b as my-b};
  @since(version = 1.0.0)
  use other.{c};
  @external-id("x")
  use other.{d};
}
`);
  });

  it('prints a complete text when the other packages are nested', () => {
    const { resolve, pkg } = contract();
    const second = contract('q', 'j');
    const third = contract('r', 'k');
    third.pkg.docs = { contents: 'Third.' };
    const packages = [second.pkg, pkg, third.pkg];
    expect(print({ ...resolve, packages }, pkg, { nested: true })).toBe(`package test:p;

interface i {
}

package test:q {
  interface j {
  }
}


/// Third.
package test:r {
  interface k {
  }
}
`);
  });

  it('nests the other packages by name, each after those that it uses, whatever order they have', () => {
    const [b, c, d] = ['b', 'c', 'd'].map((name) => contract(name));
    const { resolve, pkg } = contract();
    const target: TypeDef = { name: 't', owner: d!.iface, kind: { tag: 'resource' } };
    d!.iface.types.set('t', target);
    b!.iface.types.set('t', { name: 't', owner: b!.iface, kind: { tag: 'alias', type: target } });
    const order = (packages: Package[]): string[] =>
      [...print({ ...resolve, packages }, pkg, { nested: true }).matchAll(/^package test:(\w)/gmu)].map(
        ([, name]) => name!,
      );
    expect(order([b!.pkg, c!.pkg, d!.pkg, pkg])).toEqual(['p', 'd', 'b', 'c']);
    expect(order([pkg, d!.pkg, c!.pkg, b!.pkg])).toEqual(['p', 'd', 'b', 'c']);
  });

  it('prints each package as a separate text', () => {
    const { resolve, pkg } = contract();
    const second = contract('q', 'j');
    const packages = [second.pkg, pkg];
    expect(printPackages({ ...resolve, packages }, pkg)).toEqual([
      { package: pkg, text: 'package test:p;\n\ninterface i {\n}\n\n' },
      { package: second.pkg, text: 'package test:q;\n\ninterface j {\n}\n\n' },
    ]);
  });

  it('prints exported types among the types of the world, and exported resources as comments', () => {
    const { resolve, pkg } = contract();
    const world: Mutable<World> = { name: 'w', package: pkg, imports: new Map(), exports: new Map() };
    const type = (name: string, kind: TypeDef['kind']): TypeDef => ({ name, owner: world, kind });
    const file = type('file', { tag: 'resource' });
    const shared = type('shared', { tag: 'resource' });
    world.imports.set('shared', { tag: 'type', type: shared });
    world.exports.set('shared', { tag: 'type', type: type('shared', { tag: 'alias', type: shared }) });
    world.exports.set('f', { tag: 'type', type: type('f', { tag: 'flags', flags: [{ name: 'a' }] }) });
    world.exports.set('file', { tag: 'type', type: file });
    world.exports.set('[static]file.open', {
      tag: 'function',
      function: func({ name: 'open', kind: { tag: 'static', resource: file }, result: file }),
    });
    world.exports.set('run', { tag: 'function', function: func({ name: 'run' }) });
    expect(print({ ...resolve, worlds: [world] }, world)).toBe(`package test:p;

world w {
  resource shared;

  flags f {
    a,
  }

  export run: func();

  // The component also exports these types, which WIT cannot express:
  // resource file {
  //   open: static func() -> file;
  // }
}
`);
  });

  it('prints a world with the interfaces that it needs', () => {
    const { resolve, pkg, iface } = contract();
    const far = contract('far', 'j');
    const never = contract('never', 'k');
    const unused: Interface = { name: 'unused', package: pkg, types: new Map(), functions: new Map() };
    pkg.interfaces.set('unused', unused);
    const target: TypeDef = { name: 't', owner: far.iface, kind: { tag: 'resource' } };
    far.iface.types.set('t', target);
    iface.types.set('t', { name: 't', owner: iface, kind: { tag: 'alias', type: target } });
    const world: World = {
      name: 'w',
      package: pkg,
      imports: new Map([['test:p/i', { tag: 'interface', interface: iface }]]),
      exports: new Map(),
    };
    const all = { ...resolve, packages: [pkg, far.pkg, never.pkg] };
    expect(print(all, world)).not.toContain('import test:far/j');
    expect(print(all, world, { nested: true })).toBe(`package test:p;

interface i {
  use test:far/j.{t};
}

world w {
  import test:far/j;
  import i;
}
package test:far {
  interface j {
    resource t;
  }
}
`);
  });

  it('names the interface of a type from an interface without a name', () => {
    const { resolve, pkg, iface } = contract();
    const inline: Mutable<Interface> = { package: pkg, types: new Map(), functions: new Map() };
    const target: TypeDef = { name: 't', owner: inline, kind: { tag: 'resource' } };
    inline.types.set('t', target);
    iface.types.set('t', { name: 't', owner: iface, kind: { tag: 'alias', type: target } });
    const world: World = {
      name: 'w',
      package: pkg,
      imports: new Map([['label', { tag: 'interface', interface: inline }]]),
      exports: new Map(),
    };
    expect(print({ ...resolve, worlds: [world] }, pkg)).toContain('use label.{t};');
    expect(() => print(resolve, pkg)).toThrow(RangeError);
  });
});

describe('print of the contract of a hostile component', () => {
  it('does not let the text of a gate become other WIT', () => {
    const { resolve, pkg, iface } = contract();
    iface.stability = { tag: 'unstable', feature: 'x)\ninterface evil {}' };
    expect(() => print(resolve, pkg)).toThrow(
      'the feature "x)\\ninterface evil {}" of a gate cannot be written as WIT',
    );
    iface.stability = { tag: 'stable', since: '1.0' };
    expect(() => print(resolve, pkg)).toThrow('the version "1.0" of a gate cannot be written as WIT');
  });

  it('replaces characters that WIT forbids or that a terminal would interpret', () => {
    const { resolve, pkg } = contract();
    pkg.docs = { contents: 'a\u{1b}[31m\u{202e}b\rc\r\nd\te\u{149}' };
    expect(print(resolve, pkg)).toMatch(/^\/\/\/ a\ufffd\[31m\ufffdb\ufffdc\n\/\/\/ d\te\ufffd\npackage/u);
  });

  it.each([
    ['  shared\n    more', '/// shared\n///   more\n'],
    ['\n\ta\r\n\t\tb', '///\n/// a\n/// \tb\n'],
    ['a  \n\nb\n\n\n', '/// a\n///\n/// b\n'],
    [' \n\t', ''],
    ['*/ interface j {} /*', '/// */ interface j {} /*\n'],
  ])('prints the documentation %j as it is read again', (contents, expected) => {
    const { resolve, pkg } = contract();
    pkg.docs = { contents };
    const text = print(resolve, pkg);
    expect(text).toBe(`${expected}package test:p;\n\ninterface i {\n}\n\n`);
    const { value } = resolveText(text);
    expect(print(value.resolve, value.package!)).toBe(text);
  });

  it('refuses types whose text is too large or too deep', () => {
    const { resolve, pkg, iface } = contract();
    let wide: Type = 'u8';
    let deep: Type = 'u8';
    for (let i = 0; i < 60; i += 1) wide = { kind: { tag: 'tuple', types: [wide, wide] } };
    for (let i = 0; i < 10_000; i += 1) deep = { kind: { tag: 'option', type: deep } };
    for (const result of [wide, deep]) {
      iface.functions.set('f', func({ result }));
      expect(() => print(resolve, pkg)).toThrow('too large or too deep');
    }
  });
});

function contract(
  name = 'p',
  interfaceName = 'i',
): { resolve: Resolve; pkg: Mutable<Package>; iface: Mutable<Interface> } {
  const pkg: Mutable<Package> = {
    name: { namespace: 'test', name },
    interfaces: new Map(),
    worlds: new Map(),
  };
  const iface: Mutable<Interface> = {
    name: interfaceName,
    package: pkg,
    types: new Map(),
    functions: new Map(),
  };
  pkg.interfaces.set(interfaceName, iface);
  return { resolve: { packages: [pkg], worlds: [], interfaces: [iface], types: [] }, pkg, iface };
}

function func(rest: Partial<Func>): Func {
  return { name: 'f', kind: { tag: 'freestanding' }, async: false, params: [], ...rest };
}
