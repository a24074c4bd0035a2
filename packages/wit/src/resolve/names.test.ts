import { SourceFile } from '@wit-ts/diagnostics';
import type { Type, TypeDef } from '@wit-ts/model';
import { describe, expect, it } from 'vitest';
import { resolve, resolveOrThrow } from '../index.ts';

/** Codes and places of what is wrong. */
function findings(text: string): string[] {
  return resolve(new SourceFile('x.wit', text)).diagnostics.map(({ code, span }) => {
    const { line, column } = span!.file.position(span!.start);
    return `${line}:${column} ${code}`;
  });
}

function helps(text: string): (string | undefined)[] {
  return resolve(text).diagnostics.map(({ help }) => help);
}

function show(type: Type | undefined): string {
  if (type === undefined || typeof type === 'string') return String(type);
  return type.name ?? showKind(type);
}

function showKind({ kind }: TypeDef): string {
  switch (kind.tag) {
    case 'own':
    case 'borrow':
      return `${kind.tag}<${show(kind.resource)}>`;
    case 'list':
      return `list<${show(kind.element)}>`;
    case 'option':
      return `option<${show(kind.type)}>`;
    case 'result':
      return `result<${show(kind.ok)}, ${show(kind.err)}>`;
    default:
      return kind.tag;
  }
}

describe('names of types', () => {
  it('are valid in their whole interface, before and after the definition', () => {
    const { resolve: contract } = resolveOrThrow(
      'package a:b; interface i { type t = u; f: func(x: t); type u = u8; }',
    );
    expect(contract.types.map(({ name }) => name)).toEqual(['u', 't']);
    const f = contract.interfaces[0]!.functions.get('f')!;
    expect(f.params[0]!.type).toBe(contract.types[1]);
  });

  it('are aliases if `use` introduces them', () => {
    const { resolve: contract } = resolveOrThrow(
      'package a:b; interface i { use j.{t as u}; } interface j { type t = u8; }',
    );
    const [j, i] = contract.interfaces;
    const u = i!.types.get('u')!;
    expect(u.kind).toEqual({ tag: 'alias', type: j!.types.get('t') });
    expect(u.owner).toBe(i);
  });

  it.each([
    ['interface i { type t = x; }', '1:37 unknown-type'],
    ['interface i { record r { a: u8, b: list<x> } }', '1:54 unknown-type'],
    ['interface i { f: func() -> x; }', '1:41 unknown-type'],
    ['interface i { f: func(); type t = f; }', '1:48 unknown-type'],
    ['interface i { f: func(); g: func(a: f); }', '1:50 not-a-type'],
    ['interface i { type t = own<t>; }', '1:41 type-cycle'],
    ['interface i { type t = u8; type u = borrow<t>; }', '1:57 not-a-resource'],
    ['interface i { use j.{x}; } interface j {}', '1:35 unknown-type'],
    ['interface i { use j.{f}; } interface j { f: func(); }', '1:35 not-a-type'],
    [
      'interface i { use j.{a as b, c as b}; } interface j { type a = u8; type c = u8; }',
      '1:48 duplicate-name',
    ],
    ['interface i { type t = u8; use j.{t}; } interface j { type t = u8; }', '1:48 duplicate-name'],
    ['interface i { type t = u8; type t = u16; }', '1:46 duplicate-name'],
    ['interface i { type t = u8; t: func(); }', '1:41 duplicate-name'],
    ['interface i { f: func(self: u8); resource r { m: func(self: u8); } }', '1:68 duplicate-param'],
    ['world w { import i: interface { use w.{t}; } }', '1:50 not-an-interface'],
  ])('%s', (text, expected) => {
    expect(findings(`package a:b; ${text}`)).toEqual([expected]);
  });

  it('are not reported again at their uses if their definition has errors', () => {
    expect(
      findings(
        'package a:b; interface i { type t = x; type u = list<t>; f: func(a: u) -> t; } interface j { use i.{t}; }',
      ),
    ).toEqual(['1:37 unknown-type']);
    expect(
      findings('package a:b; interface i { type a = b; type b = a; type c = a; f: func(x: c); }'),
    ).toEqual(['1:37 type-cycle']);
    expect(findings('package a:b; interface i { use j.{t}; f: func(x: t); }')).toEqual([
      '1:32 unknown-interface',
    ]);
  });

  it.each([
    ['float32', 'write `f32`'],
    ['i64', 'write `s64`'],
    ['boolean', 'write `bool`'],
    ['entri', 'did you mean `entry`?'],
    ['error-contex', 'did you mean `error-context`?'],
    ['strin', 'did you mean `string`?'],
    ['other', 'interface `j` defines it: add `use j.{other};`'],
    ['nonsense', undefined],
  ])('%s', (name, help) => {
    const text = `package a:b; interface i { record entry { a: u8 } type t = ${name}; } interface j { type other = u8; }`;
    expect(helps(text)).toEqual([help]);
  });

  it.each([
    ['world w { import servcie; } world service {}', undefined],
    ['world w { import servcie; } interface service {}', 'did you mean `service`?'],
    ['world w { include servcie; } interface service {}', undefined],
    ['world w { include servcie; } world service {}', 'did you mean `service`?'],
  ])('are suggested if they are of the wanted kind: %s', (text, help) => {
    expect(helps(`package a:b; ${text}`)).toEqual([help]);
  });

  it('may be names of properties of objects', () => {
    const text = `package constructor-x:has-own-property;
      interface to-string { record value-of { %constructor: u8 } type prototype = value-of; is-prototype-of: func(); }
      world has-own-property { import to-string; export to-locale-string: func(); }`;
    expect(findings(text.replace('constructor-x', 'x'))).toEqual([]);
    expect(findings('package a:b; interface i { type t = constructor; }')).toEqual(['1:37 expected-token']);
    expect(findings('package a:b; interface i { type t = to-string; }')).toEqual(['1:37 unknown-type']);
    expect(findings('package a:b; world w { import has-own-property; }')).toEqual(['1:31 unknown-interface']);
  });
});

describe('handles', () => {
  it('are owned when a resource is used as a value', () => {
    const { resolve: contract } = resolveOrThrow(`package a:b; interface i {
      resource r { constructor(); m: func(a: r) -> list<r>; s: static func(); }
      record rec { a: r, b: own<r>, c: borrow<r> }
    }`);
    const { functions, types } = contract.interfaces[0]!;
    expect([...functions.keys()]).toEqual(['[constructor]r', '[method]r.m', '[static]r.s']);
    const method = functions.get('[method]r.m')!;
    expect(method.params.map(({ name, type }) => `${name}: ${show(type)}`)).toEqual([
      'self: borrow<r>',
      'a: own<r>',
    ]);
    expect(show(method.result)).toBe('list<own<r>>'.replace('own<r>', 'own<r>'));
    expect(show(functions.get('[constructor]r')!.result)).toBe('own<r>');
    const record = types.get('rec')!.kind;
    if (record.tag !== 'record') throw new Error('no record');
    expect(record.fields.map(({ type }) => show(type))).toEqual(['own<r>', 'own<r>', 'borrow<r>']);
    // One handle for all.
    expect(record.fields[0]!.type).toBe(method.params[1]!.type);
  });

  it('come before the first type that needs them, or at the end if only functions need them', () => {
    const { resolve: contract } = resolveOrThrow(`package a:b; interface i {
      resource r; resource s; f: func(a: s, b: option<u8>); record rec { a: list<u8>, b: r }
    }`);
    expect(contract.types.map(show)).toEqual(['r', 's', 'list<u8>', 'own<r>', 'rec', 'option<u8>', 'own<s>']);
  });

  it('of aliases refer to the alias', () => {
    const { resolve: contract } = resolveOrThrow(
      'package a:b; interface i { resource r; type s = r; f: func(a: s, b: borrow<s>); }',
    );
    expect(contract.interfaces[0]!.functions.get('f')!.params.map(({ type }) => show(type))).toEqual([
      'own<s>',
      'borrow<s>',
    ]);
  });

  it.each([
    ['f: func() -> borrow<r>;', ['1:40 returned-borrow']],
    ['record s { a: list<borrow<r>> } f: func() -> s;', ['1:72 returned-borrow']],
    ['type s = borrow<r>; f: func() -> tuple<u8, s>;', ['1:60 returned-borrow']],
    ['f: func(a: future<list<borrow<r>>>);', ['1:51 future-payload']],
    ['f: func(a: list<borrow<r>>);', []],
  ])('%s', (text, expected) => {
    expect(findings(`package a:b; interface i { resource r; ${text} }`)).toEqual(expected);
  });

  it.each([
    ['constructor() -> result<r>;', []],
    ['constructor() -> result<r, string>;', []],
    ['constructor() -> r;', ['1:58 constructor-result']],
    ['constructor() -> result<_, string>;', ['1:58 constructor-result']],
    ['constructor() -> result<string>;', ['1:65 constructor-result']],
    ['constructor() -> result<x>;', ['1:65 unknown-type']],
  ])('%s', (text, expected) => {
    expect(findings(`package a:b; interface i { resource r { ${text} } }`)).toEqual(expected);
  });
});

describe('anonymous types', () => {
  it('are shared by equal structures of a package', () => {
    const { resolve: contract } = resolveOrThrow(
      'package a:b; interface i { f: func(a: list<u8>, b: list<u8>); } interface j { f: func(a: list<u8>, b: list<u8, 4>); }',
    );
    expect(contract.types).toHaveLength(2);
  });
});

describe('spanOf', () => {
  it('knows the positions of the parts of a contract', () => {
    const text = 'package a:b; interface i { record r { field: list<u8> } f: func(param: r); } world w {}';
    const { resolve: contract, package: main, spanOf } = resolveOrThrow(new SourceFile('x.wit', text));
    const iface = contract.interfaces[0]!;
    const record = iface.types.get('r')!;
    const func = iface.functions.get('f')!;
    const parts = [main!, iface, record, func, func.params[0]!, main!.worlds.get('w')!];
    if (record.kind.tag === 'record') parts.push(record.kind.fields[0]! as never);
    expect(
      parts.map((part) => {
        const span = spanOf(part)!;
        return text.slice(span.start, span.end);
      }),
    ).toEqual(['a:b', 'i', 'r', 'f', 'param', 'w', 'field']);
    expect(spanOf({})).toBeUndefined();
  });
});
