import { describe, expect, it } from 'vitest';
import { parseCst } from '../index.ts';

/** The mistakes in a text as `line:column code`. */
function faults(text: string): string[] {
  return parseCst(text).errors.map(({ code, start }) => {
    const lines = text.slice(0, start).split('\n');
    return `${lines.length}:${lines.at(-1)!.length + 1} ${code}`;
  });
}

function inInterface(text: string): string[] {
  return faults(`interface i {\n${text}\n}`);
}

function inWorld(text: string): string[] {
  return faults(`world w {\n${text}\n}`);
}

describe('one mistake costs one diagnostic', () => {
  it.each([
    // What is missing.
    ['type t = u32\nrecord r { a: u8 }', '3:1 expected-token'],
    ['type t = u32 f: func();', '2:14 expected-token'],
    ['f: func()\ng: func();', '3:1 expected-token'],
    ['type t u32;', '2:8 expected-token'],
    ['type = u32;', '2:6 expected-token'],
    ['type t = ;', '2:10 expected-token'],
    ['record { a: u8 }', '2:8 expected-token'],
    ['record r a: u8 }', '2:10 expected-token'],
    ['record r { a u8, b: u8 }', '2:14 expected-token'],
    ['record r { a: , b: u8 }', '2:15 expected-token'],
    ['record r { a:\nb: u8 }', '3:2 missing-separator'],
    ['record r { a: u8 b: u8 }', '2:18 missing-separator'],
    ['record r { a: u8,\nf: func();', '3:1 unclosed-brace'],
    ['enum e { a b }', '2:12 missing-separator'],
    ['variant v { a(u8, b }', '2:17 expected-token'],
    ['variant v { a u8), b }', '2:15 missing-separator'],
    ['f: func(a: u8;', '2:14 expected-token'],
    ['f: func a: u8);', '2:9 expected-token'],
    ['f: func;', '2:8 expected-token'],
    ['f: (a: u8);', '2:4 expected-token'],
    ['f func();', '2:3 expected-token'],
    ['f: func(a u8, b: u8);', '2:11 expected-token'],
    ['f: func(a: u8 b: u8);', '2:15 missing-separator'],
    ['f: func() u8;', '2:11 expected-token'],
    ['f: func() -> ;', '2:14 expected-token'],
    ['type t = list<u8;', '2:17 expected-token'],
    ['type t = list u8>;', '2:15 expected-token'],
    ['type t = list<>;', '2:15 expected-token'],
    ['type t = list<u8,>;', '2:18 expected-token'],
    ['type t = list<u8, u8>;', '2:19 expected-token'],
    ['type t = map<u8>;', '2:16 expected-token'],
    ['type t = map<u8 u8>;', '2:17 expected-token'],
    ['type t = tuple<u8 u8>;', '2:19 missing-separator'],
    ['type t = result<_>;', '2:18 expected-token'],
    ['type t = own;', '2:13 expected-token'],
    ['use a.{b c};', '2:10 missing-separator'],
    ['use a{b};', '2:6 expected-token'],
    ['use a.{b}', '3:1 expected-token'],
    ['use a:b.{c};', '2:8 expected-token'],
    ['resource r\nf: func();', '3:1 expected-token'],
    ['resource r { constructor }', '2:26 expected-token'],
    ['@since\nf: func();', '3:1 expected-token'],
    ['@since(1.0.0) f: func();', '2:8 expected-token'],
    ['@since(version 1.0.0) f: func();', '2:16 expected-token'],
    ['@since(version = ) f: func();', '2:18 expected-token'],
    ['@unstable(colors) f: func();', '2:11 expected-token'],
    // What is too much.
    ['f f: func();', '2:3 expected-token'],
    ['record r { a a: u8 }', '2:14 expected-token'],
    ['f: func(a a: u8);', '2:11 expected-token'],
    ['type t = u32;;', '2:14 unexpected-item'],
    ['f: func(),;', '2:10 expected-token'],
    ['record r { a: u8,, b: u8 }', '2:18 expected-token'],
    ['record r { , a: u8 }', '2:12 expected-token'],
    ['f: func(a: u8)) -> u8;', '2:15 expected-token'],
    ['type t = list<u8>>;', '2:18 expected-token'],
    ['@foo(bar, 1) f: func();', '2:2 expected-token'],
    ['@foo f: func();', '2:2 expected-token'],
    ['record r { @since(version = 1.0.0) a: u8 }', '2:12 misplaced-attribute'],
    ['record r { a: u8, @since(version = 1.0.0) b: u8 }', '2:19 misplaced-attribute'],
    // What is something else.
    ['type t: u32;', '2:7 expected-token'],
    ['type t = u32,\ntype u = u8;', '2:13 expected-token'],
    ['record r { a = u8 }', '2:14 expected-token'],
    ['record r { a: u8; b: u8 }', '2:17 missing-separator'],
    ['f: func(u8);', '2:9 expected-token'],
    ['f: func() : u8;', '2:11 expected-token'],
    ['f: func() -> (u8, u8);', '2:14 expected-token'],
    ['struct r { a: u8 }', '2:8 expected-token'],
    ['import f: func();', '2:1 unexpected-item'],
    ['interface j { f: func(); }', '2:1 unexpected-item'],
    ['resource r { record s { a: u8 } }', '2:14 unexpected-item'],
    ['resource r { async m: func(); }', '2:14 unexpected-item'],
    ['resource r { m: async static func(); }', '2:23 expected-token'],
    // Keywords as names.
    ['option: func();', '2:1 keyword-as-name'],
    ['use: func();', '2:1 keyword-as-name'],
    ['@since(version = 1.0.0) type: func();', '2:25 keyword-as-name'],
    ['record list { a: u8 }', '2:8 keyword-as-name'],
    ['record r { type: u8 }', '2:12 keyword-as-name'],
    ['record r { a: u8, list: u8 }', '2:19 keyword-as-name'],
    ['enum e { string, u8 }', '2:10 keyword-as-name'],
    ['variant v { own(u8) }', '2:13 keyword-as-name'],
    ['f: func(from: u8);', '2:9 keyword-as-name'],
    ['use a.{list};', '2:8 keyword-as-name'],
    ['type t = own<u32>;', '2:14 keyword-as-name'],
  ])('%s', (text, expected) => {
    const found = inInterface(text);
    expect(found[0]).toBe(expected);
    // `enum e { string, u8 }` holds two.
    expect(found.filter((fault) => !fault.endsWith('keyword-as-name')).length).toBeLessThan(2);
    expect(found.length).toBeLessThan(text === 'enum e { string, u8 }' ? 3 : 2);
  });

  it.each([
    ['import a\nimport b;', '3:1 expected-token'],
    ['import: a;', '2:7 expected-token'],
    ['import option: func();', '2:8 keyword-as-name'],
    ['export f: func()\nexport g: func();', '3:1 expected-token'],
    ['f: func();', '2:1 unexpected-item'],
    ['interface i { f: func(); }', '2:1 unexpected-item'],
    ['import i: interface { f: func(); };', '2:35 unexpected-item'],
    ['import i: interface f: func(); }', '2:21 expected-token'],
    ['include a with { b as c };', '2:26 unexpected-item'],
    ['include a with { b c }', '2:20 expected-token'],
    ['include a with { a:b/c as d }', '2:19 expected-token'],
    ['include a { b as c }', '2:11 expected-token'],
  ])('in a world: %s', (text, expected) => {
    expect(inWorld(text)).toEqual([expected]);
  });

  it.each([
    ['package a:b\ninterface i {}', '1:12 expected-token'],
    ['package a;', '1:10 expected-token'],
    ['package a:b@;', '1:13 expected-token'],
    ['interface {}', '1:11 expected-token'],
    ['interface i', '1:12 expected-token'],
    ['interface i {', '1:14 unclosed-brace'],
    ['interface i {} }', '1:16 unmatched-brace'],
    ['interface i { f: func();\ninterface j {}', '2:1 unclosed-brace'],
    ['world w { import i: interface { f: func(); }\ninterface j {}', '2:1 unclosed-brace'],
    ['package a:b { interface i {}', '1:29 unclosed-brace'],
    ['package a:b { package c:d { interface i {} } }', '1:23 unexpected-item'],
    ['use a\nuse b;', '2:1 expected-token'],
    ['import i;', '1:1 unexpected-item'],
    ['f: func();', '1:1 unexpected-item'],
    ['type t = u8;', '1:1 unexpected-item'],
    ['interface i { type', '1:19 expected-token'],
    ['interface i {} f: func(); type t = u8;\nrecord r { a: u8 } }', '1:16 unexpected-item'],
    ['interface i {\nresource r {\nm: func();\nrecord s { a: u8 }\n}\ninterface j {}', '4:1 unclosed-brace'],
    ['interface i {\ninterface j {}\ninterface k {}\nworld w {}\n}', '2:1 unexpected-item'],
    ['interface i { f: func(a: list<', '1:31 expected-token'],
  ])('at the top: %s', (text, expected) => {
    expect(faults(text)).toEqual([expected]);
  });

  it('in a file with many mistakes', () => {
    expect(
      faults(`package my:pkg@1.0.0;

interface types {
  record point {
    x: u32
    y: u32,
  }
  type size = u32
  enum color { red, green, blue,
  flags perms { read write }
  variant option { a, b }
  foo: func(a u32) -> string;
  bar: func(a: list<u8) -> string;
  baz func();
}

world w {
  import types
  export run: func();
  foo: func();
  import x: func(a: u8 b: u8;
}
`),
    ).toEqual([
      '6:5 missing-separator',
      '9:3 expected-token',
      '10:3 unclosed-brace',
      '10:22 missing-separator',
      '11:11 keyword-as-name',
      '12:15 expected-token',
      '13:23 expected-token',
      '14:7 expected-token',
      '19:3 expected-token',
      '20:3 unexpected-item',
      '21:24 missing-separator',
      '21:29 expected-token',
    ]);
  });
});

describe('a message', () => {
  it.each([
    [
      'interface i { record option {} }',
      'expected a name, found keyword `option`',
      'write `%option` to use the keyword as a name',
    ],
    ['interface i { type t = u32 }', 'expected `;` in a type alias, found `}`', 'add `;`'],
    [
      'interface i { record r { a: u8 b: u8 } }',
      'expected `,` or `}` after a field, found name `b`',
      'add `,`',
    ],
    [
      'world w { f: func(); }',
      'expected `import`, `export`, `include`, `use` or a type definition, found name `f`',
      'write `import f: …` or `export f: …`',
    ],
    [
      '@unstable interface i { f: func(); }',
      'expected `(` in `@unstable`, found keyword `interface`',
      'write `@unstable(feature = …)`',
    ],
    [
      'interface i { @since f: func(); }',
      'expected `(` in `@since`, found name `f`',
      'write `@since(version = …)`',
    ],
    [
      'world w { import f func(); }',
      'expected `:` in an import or export, found keyword `func`',
      'write `f: func(…)`',
    ],
    [
      'world w { export f async func(a: u8) -> u8; }',
      'expected `:` in an import or export, found keyword `async`',
      'write `f: async func(…)`',
    ],
    [
      'world w { export x interface { f: func(); } import y: func(); }',
      'expected `:` in an import or export, found keyword `interface`',
      'write `x: interface { … }`',
    ],
    [
      'interface i { resource r { async constructor(); } }',
      'expected `constructor` or a method, found keyword `async`',
      'constructors cannot be async',
    ],
    [
      'interface i { type t = own<u8>; }',
      'expected the name of a resource, found keyword `u8`',
      'only resources have handles; write `%u8` to use the keyword as a name',
    ],
    [
      'interface i { record r { a: option, b: list } }',
      'expected `<` in an option, found `,`',
      'write `option<…>`, or `%option` to use the keyword as a name',
    ],
    [
      'world w { import l: func; }',
      'expected `(` in a parameter list, found `;`',
      'write `func()`, or `%func` to use the keyword as a name',
    ],
    [
      'interface i { enum e { _ } }',
      'expected a name, found keyword `_`',
      '`_` is not a name: it stands only for the value of `result<_, error>`',
    ],
    [
      'interface i { type t = result<_>; }',
      'expected `,` in a result, found `>`',
      'write `result` without `<…>` if it carries no value',
    ],
  ])('%s', (text, message, help) => {
    expect(parseCst(text).errors[0]).toMatchObject({ message, help });
  });

  it.each([
    ...[
      'f: func(a: record);',
      'f: func() -> record;',
      'type t = record;',
      'type t = list<record>;',
      'type t = tuple<record>;',
      'type t = tuple<u8, world>;',
      'type t = tuple<u8, world, u8>;',
      'type t = result<record, u8>;',
      'type t = result<_, record>;',
      'type t = own<record>;',
      'record r { a: record }',
      'record r { a: func, b: u8 }',
      'f: func(a: static);',
      'f: func(a: interface, b: u8);',
      'variant v { a(record) }',
    ].map((member) => `interface i { ${member} }`),
    ...[
      'export record: func();',
      'export record;',
      'import record;',
      'import a: record;',
      'include record;',
      'include record with { a as b }',
      'import\nimport;',
      'import a:func/i;',
      'import a: interface:b/i;',
    ].map((member) => `world w { ${member} }`),
  ])('suggests `%%` for a keyword instead of a name: %s', (text) => {
    const { errors } = parseCst(text);
    expect(errors).toHaveLength(1);
    const word = text.slice(errors[0]!.start, errors[0]!.end);
    expect(errors[0]!.help).toBe(`write \`%${word}\` to use the keyword as a name`);
  });

  it.each([
    ['package a:b\ninterface i {}', 11],
    ['package a:b@1.0.0 // version\nworld w {}', 17],
    ['package a:b // no more\n', 11],
    ['package a:b\r\n\r\n}', 11],
  ])('points at the end of a package declaration without `;`: %j', (text, end) => {
    expect(parseCst(text).errors[0]).toMatchObject({
      code: 'expected-token',
      help: 'add `;`',
      start: end,
      end,
    });
  });

  it('shows the opening brace that is not closed', () => {
    expect(parseCst('interface i { f: func();').errors).toMatchObject([
      { code: 'unclosed-brace', related: [{ message: 'opened here', start: 12, end: 13 }] },
    ]);
  });
});

describe('the tree of a text with mistakes', () => {
  it('has the items before and after a mistake', () => {
    const { cst } = parseCst('interface i { a: func(); type = 3; b: func( }  interface j { c: func(); }');
    const interfaces = cst.children.topLevelItem!.map((item) => item.children.interfaceItem![0]!);
    expect(interfaces.map(({ children }) => children.Id![0]!.image)).toEqual(['i', 'j']);
    expect(interfaces[1]!.children.interfaceBody![0]!.children.interfaceMember).toHaveLength(1);
  });

  it('marks inserted tokens, which are empty', () => {
    const { cst, tokens } = parseCst('interface i { type t = u8 }');
    const item =
      cst.children.topLevelItem![0]!.children.interfaceItem![0]!.children.interfaceBody![0]!.children
        .interfaceMember![0]!;
    expect(item.children.typeItem![0]!.children.Semicolon).toMatchObject([
      { image: '', isInsertedInRecovery: true },
    ]);
    expect(tokens.every(({ image }) => image !== '')).toBe(true);
  });
});
