import { SourceFile } from '@wit-ts/diagnostics';
import { externName, type World } from '@wit-ts/model';
import { describe, expect, it } from 'vitest';
import { resolve, resolveOrThrow } from '../index.ts';

function world(text: string, name = 'w'): World {
  return resolveOrThrow(`package a:b; ${text}`).package!.worlds.get(name)!;
}

function keys({ imports, exports }: World): { imports: string[]; exports: string[] } {
  return { imports: [...imports.keys()], exports: [...exports.keys()] };
}

function findings(text: string): string[] {
  return resolve(new SourceFile('x.wit', `package a:b; ${text}`)).diagnostics.map(({ code, span }) => {
    const { line, column } = span!.file.position(span!.start);
    return `${line}:${column} ${code}`;
  });
}

const interfaces = 'interface a { type t = u8; } interface b { use a.{t}; } interface c { use b.{t}; }';

describe('the imports and exports of a world', () => {
  it('is sorted in the order of the reference', () => {
    const text = `world w {
      export f: func(); import g: func(); type t = u8; use a.{t as u}; resource r { m: func(); constructor(); }
      import a; import z: interface { h: func(); } export c;
    } ${interfaces}`;
    expect(keys(world(text))).toEqual({
      imports: ['a:b/a', 'z', 'a:b/b', 'u', 't', 'r', 'g', '[method]r.m', '[constructor]r'],
      exports: ['f', 'a:b/c'],
    });
  });

  it('imports the interfaces that it needs', () => {
    expect(keys(world(`world w { import c; } ${interfaces}`)).imports).toEqual(['a:b/a', 'a:b/b', 'a:b/c']);
    expect(keys(world(`world w { export c; } ${interfaces}`))).toEqual({
      imports: ['a:b/a', 'a:b/b'],
      exports: ['a:b/c'],
    });
    expect(keys(world(`world w { export b; export a; } ${interfaces}`))).toEqual({
      imports: [],
      exports: ['a:b/a', 'a:b/b'],
    });
    expect(keys(world(`world w { import i: interface { use b.{t}; } } ${interfaces}`)).imports).toEqual([
      'a:b/a',
      'a:b/b',
      'i',
    ]);
    expect(keys(world(`world w { use c.{t}; } ${interfaces}`)).imports).toEqual([
      'a:b/a',
      'a:b/b',
      'a:b/c',
      't',
    ]);
  });

  it('may have labels', () => {
    const { imports, exports } = world(`world w { import one: b; import two: b; export b; } ${interfaces}`);
    expect([...imports.keys()]).toEqual(['a:b/a', 'one', 'two']);
    expect([...exports.keys()]).toEqual(['a:b/b']);
    expect(imports.get('one')).toMatchObject({ tag: 'interface', interface: { name: 'b' } });
  });

  it('has its own documentation, gates and ids', () => {
    const { resolve: contract } = resolveOrThrow(`package a:b@1.0.0; interface i {}
      world w {
        /// Of the import.
        @since(version = 1.0.0) @external-id("x")
        import i;
        /// Of the interface.
        @external-id("y")
        import j: interface {}
        /// Of the function.
        @external-id("z")
        import f: func();
      }`);
    const { imports } = contract.worlds[0]!;
    expect(imports.get('a:b/i@1.0.0')).toMatchObject({
      docs: { contents: 'Of the import.' },
      stability: { tag: 'stable', since: '1.0.0' },
      externalId: 'x',
    });
    expect(imports.get('j')).toMatchObject({
      externalId: 'y',
      interface: { docs: { contents: 'Of the interface.' } },
    });
    expect(imports.get('f')).toMatchObject({
      function: { externalId: 'z', docs: { contents: 'Of the function.' } },
    });
  });

  it.each([
    ['world w { import f: func(); import f: func(); }', ['1:49 duplicate-import']],
    ['world w { type f = u8; import f: func(); }', ['1:44 duplicate-import']],
    ['world w { import a; import a; } interface a {}', ['1:41 duplicate-import']],
    ['world w { export f: func(); export f: interface {} }', ['1:49 duplicate-export']],
    ['world w { import f: func(); export f: func(); }', []],
    ['world w { import f-a: func(); import F-A: func(); }', ['1:51 case-clash']],
    ['world w { import x; }', ['1:31 unknown-interface']],
    ['world w { import w; }', ['1:31 not-an-interface']],
    [`world w { export a; export c; } ${interfaces}`, ['1:20 import-and-export']],
    [`world w { import i: interface { use a.{x}; } } ${interfaces}`, ['1:53 unknown-type']],
  ])('%s', (text, expected) => {
    expect(findings(text)).toEqual(expected);
  });
});

describe('include', () => {
  it('combines the items of worlds', () => {
    const text = `world v { import a; import f: func(); export g: func(); export c; }
      world w { include v; import b; import h: func(); } ${interfaces}`;
    expect(keys(world(text))).toEqual({
      imports: ['a:b/a', 'a:b/b', 'h', 'f'],
      exports: ['g', 'a:b/c'],
    });
  });

  it('includes an item once, however many worlds include it', () => {
    const text = `world u { import a; } world v { include u; import b; } world w { include u; include v; include u; } ${interfaces}`;
    expect(keys(world(text)).imports).toEqual(['a:b/a', 'a:b/b']);
  });

  it('copies types into the including world', () => {
    const text = `world v { resource r { m: func(a: borrow<r>); } type t = list<r>; import f: func(a: t);
      import i: interface { record x { a: u8 } g: func(a: x); } } world w { include v; }`;
    const { resolve: contract } = resolveOrThrow(`package a:b; ${text}`);
    const [v, w] = contract.worlds;
    expect([...w!.imports.keys()]).toEqual([...v!.imports.keys()]);
    const resource = w!.imports.get('r')!;
    if (resource.tag !== 'type') throw new Error('no type');
    expect(resource.type).not.toBe((v!.imports.get('r') as typeof resource).type);
    expect(resource.type.owner).toBe(w);
    const method = w!.imports.get('[method]r.m')!;
    if (method.tag !== 'function' || method.function.kind.tag !== 'method') throw new Error('no method');
    expect(method.function.kind.resource).toBe(resource.type);
    const inline = w!.imports.get('i')!;
    if (inline.tag !== 'interface') throw new Error('no interface');
    expect(inline.interface.cloneOf).toBe((v!.imports.get('i') as typeof inline).interface);
    expect(inline.interface.functions.get('g')!.params[0]!.type).toBe(inline.interface.types.get('x'));
    // Everything is listed.
    for (const type of inline.interface.types.values()) expect(contract.types).toContain(type);
    expect(contract.interfaces).toContain(inline.interface);
  });

  it('renames plain names, and a resource together with its functions', () => {
    const text = `world v { resource r { m: func(); constructor(); } import f: func(); export f: func(); }
      world w { include v with { r as s, f as g } }`;
    const { imports, exports } = world(text);
    expect([...imports.keys()]).toEqual(['s', 'g', '[method]s.m', '[constructor]s']);
    expect([...exports.keys()]).toEqual(['g']);
    for (const [key, item] of imports)
      if (item.tag === 'function') expect(externName(item.function)).toBe(key);
    expect(imports.get('s')).toMatchObject({ type: { name: 's' } });
  });

  it('includes worlds of other packages', () => {
    const text =
      'world w { include c:d/v with { f as g } } package c:d { interface i {} world v { import i; import f: func(); } }';
    expect(keys(world(text)).imports).toEqual(['c:d/i', 'g']);
  });

  it.each([
    ['world w { include x; }', ['1:32 unknown-world']],
    ['world w { include w; }', ['1:20 item-cycle']],
    ['world v { include w; } world w { include v; }', ['1:43 item-cycle']],
    ['interface i {} world w { include i; }', ['1:47 not-a-world']],
    ['world v { import f: func(); } world w { include v; import f: func(); }', ['1:62 include-clash']],
    ['world v { import f: func(); } world w { include v with { g as h } }', ['1:62 unknown-include-name']],
    [
      'interface i {} world v { import i; } world w { include v with { i as j } }',
      ['1:69 unknown-include-name'],
    ],
  ])('%s', (text, expected) => {
    expect(findings(text)).toEqual(expected);
  });
});
