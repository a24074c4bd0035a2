import { describe, expect, it } from 'vitest';
import { parseCst } from './index.ts';
import { WitParser } from './parser.ts';

/** The tree without positions: each node by its rule, with the text of its tokens. */
function outline(node: { name?: string; image?: string; children?: object }): unknown {
  if (node.image !== undefined) return node.image;
  return Object.fromEntries(
    Object.entries(node.children ?? {}).map(([key, children]: [string, object[]]) => [
      key,
      children.map(outline),
    ]),
  );
}

function item(text: string): unknown {
  const { cst, errors } = parseCst(text);
  expect(errors).toEqual([]);
  return outline(cst.children.topLevelItem![0]!);
}

function member(text: string): unknown {
  const { cst, errors } = parseCst(`interface i { ${text} }`);
  expect(errors).toEqual([]);
  return outline(
    cst.children.topLevelItem![0]!.children.interfaceItem![0]!.children.interfaceBody![0]!.children
      .interfaceMember![0]!,
  );
}

function worldMember(text: string): unknown {
  const { cst, errors } = parseCst(`world w { ${text} }`);
  expect(errors).toEqual([]);
  return outline(cst.children.topLevelItem![0]!.children.worldItem![0]!.children.worldMember![0]!);
}

describe('the grammar', () => {
  it('is sound: chevrotain finds no ambiguity and nothing unreachable', () => {
    expect(() => new WitParser({ skipValidations: false })).not.toThrow();
  });
});

describe('top-level items', () => {
  it('include package declarations', () => {
    expect(item('package wasi:clocks@1.2.0-rc.1+b;')).toEqual({
      packageItem: [
        {
          Package: ['package'],
          packageName: [{ Id: ['wasi', 'clocks'], Colon: [':'], At: ['@'], Semver: ['1.2.0-rc.1+b'] }],
          Semicolon: [';'],
        },
      ],
    });
  });

  it('include nested packages', () => {
    expect(item('package a:b { interface i {} }')).toMatchObject({
      packageItem: [{ LBrace: ['{'], topLevelItem: [{ interfaceItem: [{ Id: ['i'] }] }], RBrace: ['}'] }],
    });
  });

  it('may have names and paths in nested namespaces', () => {
    expect(parseCst('package a:b:c/d/e@1.0.0; use a:b:c/d/e;').errors).toEqual([]);
  });

  it.each([
    ['use foo;', { Id: ['foo'] }],
    ['use a:b/c;', { Id: ['a', 'b', 'c'] }],
    ['use a:b/c@1.0.0 as d;', { Id: ['a', 'b', 'c'], Semver: ['1.0.0'] }],
  ])('%s', (text, path) => {
    expect(item(text)).toMatchObject({ topLevelUse: [{ path: [path] }] });
  });

  it('may have attributes', () => {
    const attributes =
      '@since(version = 1.0.0) @unstable(feature = a) @deprecated(version = 1.0.0) @external-id("x")';
    expect(item(`${attributes} interface i {}`)).toMatchObject({
      attribute: [
        { since: [{ Semver: ['1.0.0'] }] },
        { unstable: [{ Id: ['a'] }] },
        { deprecated: [{ Semver: ['1.0.0'] }] },
        { externalId: [{ StringLiteral: ['"x"'] }] },
      ],
    });
  });
});

describe('items of interfaces', () => {
  it.each([
    ['use a.{};', { useItem: [{ path: [{ Id: ['a'] }] }] }],
    ['use a:b/c@1.0.0.{d, e as f,};', { useItem: [{ useName: [{ Id: ['d'] }, { Id: ['e', 'f'] }] }] }],
    ['type t = u8;', { typeItem: [{ Id: ['t'], type: [{ Primitive: ['u8'] }] }] }],
    ['record r { a: u8, b: c, }', { recordItem: [{ field: [{ Id: ['a'] }, { Id: ['b'] }] }] }],
    ['record r {}', { recordItem: [{ Id: ['r'] }] }],
    ['flags f { a, b }', { flagsItem: [{ flag: [{ Id: ['a'] }, { Id: ['b'] }] }] }],
    [
      'variant v { a, b(u8) }',
      { variantItem: [{ variantCase: [{ Id: ['a'] }, { Id: ['b'], type: [{}] }] }] },
    ],
    ['enum e { a, }', { enumItem: [{ enumCase: [{ Id: ['a'] }] }] }],
    ['resource r;', { resourceItem: [{ Semicolon: [';'] }] }],
    ['resource r {}', { resourceItem: [{ LBrace: ['{'] }] }],
    ['f: func();', { funcItem: [{ funcType: [{ params: [{}] }] }] }],
    ['f: async func(a: u8,) -> u8;', { funcItem: [{ funcType: [{ Async: ['async'], type: [{}] }] }] }],
    ['%type: func(%u8: u8);', { funcItem: [{ Id: ['%type'] }] }],
    ['since: func(version: u8, feature: u8);', { funcItem: [{ Id: ['since'] }] }],
  ])('%s', (text, expected) => {
    expect(member(text)).toMatchObject(expected);
  });

  it('include methods', () => {
    const methods =
      'constructor(a: u8) -> result<r>; m: func(); s: static func(); n: async func(); t: static async func();';
    expect(member(`resource r { ${methods} }`)).toMatchObject({
      resourceItem: [
        {
          resourceMember: [
            { constructorItem: [{ Arrow: ['->'] }] },
            { methodItem: [{ Id: ['m'] }] },
            { methodItem: [{ Static: ['static'] }] },
            { methodItem: [{ funcType: [{ Async: ['async'] }] }] },
            { methodItem: [{ Static: ['static'], funcType: [{ Async: ['async'] }] }] },
          ],
        },
      ],
    });
  });
});

describe('types', () => {
  it.each([
    ['error-context', { Primitive: ['error-context'] }],
    ['foo', { Id: ['foo'] }],
    ['tuple<u8, u16,>', { tupleType: [{ type: [{}, {}] }] }],
    ['tuple<>', { tupleType: [{ LAngle: ['<'] }] }],
    ['list<u8>', { listType: [{ type: [{ Primitive: ['u8'] }] }] }],
    ['list<u8, 4>', { listType: [{ Integer: ['4'] }] }],
    ['map<string, list<u8>>', { mapType: [{ type: [{ Primitive: ['string'] }, { listType: [{}] }] }] }],
    ['option<u8>', { optionType: [{ type: [{}] }] }],
    ['result', { resultType: [{ Result: ['result'] }] }],
    ['result<u8>', { resultType: [{ ok: [{}] }] }],
    ['result<_, u8>', { resultType: [{ Underscore: ['_'], err: [{}] }] }],
    ['result<u8, u16>', { resultType: [{ ok: [{}], err: [{}] }] }],
    ['future', { futureType: [{ Future: ['future'] }] }],
    ['future<u8>', { futureType: [{ type: [{}] }] }],
    ['stream', { streamType: [{ Stream: ['stream'] }] }],
    ['stream<u8>', { streamType: [{ type: [{}] }] }],
    ['own<r>', { ownType: [{ Id: ['r'] }] }],
    ['borrow<r>', { borrowType: [{ Id: ['r'] }] }],
  ])('%s', (text, expected) => {
    expect(member(`type t = ${text};`)).toMatchObject({ typeItem: [{ type: [expected] }] });
  });

  it('may nest a hundred levels deep', () => {
    expect(parseCst(`interface i { type t = ${'list<'.repeat(99)}u8${'>'.repeat(99)}; }`).errors).toEqual([]);
  });
});

describe('items of worlds', () => {
  it.each([
    ['import f: func();', { importItem: [{ extern: [{ Id: ['f'], externType: [{ funcType: [{}] }] }] }] }],
    ['export f: async func();', { exportItem: [{ extern: [{ Id: ['f'] }] }] }],
    ['import i: interface {}', { importItem: [{ extern: [{ externType: [{ interfaceBody: [{}] }] }] }] }],
    ['import i;', { importItem: [{ extern: [{ path: [{ Id: ['i'] }] }] }] }],
    ['import a:b/c@1.0.0;', { importItem: [{ extern: [{ path: [{ Id: ['a', 'b', 'c'] }] }] }] }],
    ['import a: b;', { importItem: [{ extern: [{ Id: ['a'], externType: [{ path: [{ Id: ['b'] }] }] }] }] }],
    [
      'import a: b:c/d;',
      { importItem: [{ extern: [{ Id: ['a'], externType: [{ path: [{ Id: ['b', 'c', 'd'] }] }] }] }] },
    ],
    ['use i.{t};', { useItem: [{}] }],
    ['type t = u8;', { typeItem: [{}] }],
    ['resource r { m: func(); }', { resourceItem: [{}] }],
    ['include w;', { includeItem: [{ Semicolon: [';'] }] }],
    [
      'include a:b/w with { a as b, c as d }',
      { includeItem: [{ includeName: [{ Id: ['a', 'b'] }, { Id: ['c', 'd'] }] }] },
    ],
  ])('%s', (text, expected) => {
    expect(worldMember(text)).toMatchObject(expected);
  });

  it('read `a:b` in one word as the start of a path and not as a label', () => {
    const { errors } = parseCst('world w { import a:b; }');
    expect(errors.map(({ message }) => message)).toEqual(['expected `/` in a path, found `;`']);
  });
});

describe('the result of a parse', () => {
  it('has every token and comment with its position', () => {
    const text = '/// docs\npackage a:b; // end\r\n/* in\n the */ interface i {\t}\n';
    const { tokens, comments } = parseCst(text);
    const pieces = [...tokens, ...comments].sort((a, b) => a.startOffset - b.startOffset);
    let rest = '';
    let at = 0;
    for (const { image, startOffset } of pieces) {
      rest += text.slice(at, startOffset);
      expect(text.slice(startOffset, startOffset + image.length)).toBe(image);
      at = startOffset + image.length;
    }
    expect((rest + text.slice(at)).trim()).toBe('');
    expect(comments.map(({ image }) => image)).toEqual(['/// docs', '// end', '/* in\n the */']);
  });

  it('has the locations of nodes', () => {
    const { cst } = parseCst('  interface i { f: func(); }  ');
    expect(cst.children.topLevelItem![0]!.location).toEqual({ startOffset: 2, endOffset: 27 });
  });

  it('has nothing of an earlier parse', () => {
    parseCst('interface i { ((((');
    expect(parseCst('package a:b;').errors).toEqual([]);
  });
});
