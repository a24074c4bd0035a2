import { SourceFile } from '@wit-ts/diagnostics';
import { describe, expect, it } from 'vitest';
import { resolve, resolveOrThrow } from '../index.ts';

function findings(text: string, features: string[] = []): string[] {
  return resolve(new SourceFile('x.wit', `package a:b@1.1.0; ${text}`), { features }).diagnostics.map(
    ({ code, span }) => {
      const { line, column } = span!.file.position(span!.start);
      return `${line}:${column} ${code}`;
    },
  );
}

const gated = `package a:b@1.0.0;
@unstable(feature = x) interface i { @unstable(feature = x) type t = u8; }
interface j {
  @unstable(feature = x) type t = u8;
  @unstable(feature = x) resource r { @unstable(feature = x) m: func(); }
  @unstable(feature = x) f: func(a: t, b: list<t>);
  resource s { @unstable(feature = x) m: func(); n: func(); }
  @unstable(feature = x) use i.{t as u};
}
@unstable(feature = x) world v { @unstable(feature = x) import f: func(); }
world w {
  @unstable(feature = x) import i;
  @unstable(feature = x) import f: func();
  @unstable(feature = x) include v with { f as g }
  @unstable(feature = x) import k: interface { g: func(); }
  import j;
}`;

describe('a disabled feature', () => {
  it('leaves out the items that it gates', () => {
    const { resolve: contract, package: main } = resolveOrThrow(gated);
    expect([...main!.interfaces.keys()]).toEqual(['j']);
    expect([...main!.worlds.keys()]).toEqual(['w']);
    const j = main!.interfaces.get('j')!;
    expect([...j.types.keys()]).toEqual(['s']);
    expect([...j.functions.keys()]).toEqual(['[method]s.n']);
    expect([...main!.worlds.get('w')!.imports.keys()]).toEqual(['a:b/j@1.0.0']);
    expect(contract.types.map(({ name, kind }) => name ?? kind.tag)).toEqual(['s', 'borrow']);
    expect(contract.interfaces).toHaveLength(1);
  });

  it.each([
    ['type t = g;', '1:75 disabled-feature'],
    ['record t { a: u8, b: list<g> }', '1:88 disabled-feature'],
    ['f: func(a: g);', '1:70 disabled-feature'],
    ['f: func() -> option<g>;', '1:70 disabled-feature'],
  ])('%s', (text, expected) => {
    expect(findings(`interface i { @unstable(feature = x) type g = u8; ${text} }`)).toEqual([expected]);
    expect(findings(`interface i { @unstable(feature = x) type g = u8; ${text} }`, ['x'])).toEqual([]);
  });

  it.each([
    ['@unstable(feature = x) interface i { type t = u8; f: func(); }', ['1:62 disabled-feature']],
    ['interface i { @unstable(feature = x) resource r { m: func(); } }', ['1:70 disabled-feature']],
    ['@unstable(feature = x) interface i {} world w { import i; }', ['1:75 disabled-feature']],
    ['@unstable(feature = x) interface i {} world w { import l: i; }', ['1:75 disabled-feature']],
    ['@unstable(feature = x) world v {} world w { include v; }', ['1:72 disabled-feature']],
    [
      'interface i { use j.{t}; } interface j { @unstable(feature = x) type t = u8; }',
      ['1:41 disabled-feature'],
    ],
    [
      'interface i { use c:d/j.{t}; } package c:d { interface j { @unstable(feature = x) type t = u8; } }',
      ['1:45 disabled-feature'],
    ],
    [
      'world w { import c:d/j; } package c:d { @unstable(feature = x) interface j {} }',
      ['1:41 disabled-feature'],
    ],
    [
      'interface i { @unstable(feature = x) use c:d/j.{t}; @unstable(feature = x) f: func(a: t); } package c:d {}',
      [],
    ],
  ])('%s', (text, expected) => {
    expect(findings(text)).toEqual(expected);
    expect(findings(text, ['y'])).toEqual(expected);
  });
});

describe('an enabled feature', () => {
  it('leaves nothing out', () => {
    const { package: main } = resolveOrThrow(gated, { features: ['x'] });
    expect([...main!.interfaces.keys()]).toEqual(['i', 'j']);
    expect([...main!.interfaces.get('j')!.functions.keys()]).toEqual([
      '[method]r.m',
      'f',
      '[method]s.m',
      '[method]s.n',
    ]);
    expect([...main!.worlds.get('w')!.imports.keys()]).toEqual(['a:b/i@1.0.0', 'k', 'a:b/j@1.0.0', 'f', 'g']);
    expect(resolveOrThrow(gated, { allFeatures: true }).resolve.types).toHaveLength(
      resolveOrThrow(gated, { features: ['x'] }).resolve.types.length,
    );
  });

  it('is inherited by anonymous types', () => {
    const { resolve: contract } = resolveOrThrow(
      'package a:b; interface i { @unstable(feature = x) type t = u8; @unstable(feature = x) f: func(a: list<t>); }',
      { features: ['x'] },
    );
    const list = contract.types.find(({ kind }) => kind.tag === 'list')!;
    expect(list.stability).toEqual({ tag: 'unstable', feature: 'x' });
  });
});

describe('versions of gates', () => {
  it.each([
    ['@since(version = 1.1.0) interface i {}', []],
    ['@since(version = 1.1.0-rc) interface i {}', []],
    ['@since(version = 1.1.1) interface i {}', ['1:54 unreleased-gate']],
    ['interface i { @since(version = 2.0.0) f: func(); }', ['1:58 unreleased-gate']],
    ['interface i { @since(version = 2.0.0) type t = list<u8>; }', ['1:63 unreleased-gate']],
    [
      'interface i { @since(version = 2.0.0) use j.{t}; } interface j { type t = u8; }',
      ['1:65 unreleased-gate'],
    ],
    ['world v {} world w { @since(version = 2.0.0) include v; }', ['1:73 unreleased-gate']],
    ['world w { @since(version = 2.0.0) import f: func(); }', ['1:61 unreleased-gate']],
    ['interface i { resource r { @since(version = 2.0.0) m: func(); } }', ['1:71 unreleased-gate']],
  ])('%s', (text, expected) => {
    expect(findings(text)).toEqual(expected);
  });

  it('are kept in the contract', () => {
    const { package: main } = resolveOrThrow(
      'package a:b@1.0.0; @since(version = 0.1.0) @deprecated(version = 0.2.0) interface i {}',
    );
    expect(main!.interfaces.get('i')!.stability).toEqual({
      tag: 'stable',
      since: '0.1.0',
      deprecated: '0.2.0',
    });
  });
});

describe('an external id', () => {
  it('is kept in its place', () => {
    const { resolve: contract } = resolveOrThrow(`package a:b; interface i {
      @external-id("t") type t = u8; @external-id("f") f: func(); resource r { @external-id("☃") m: func(); } }`);
    const { types, functions } = contract.interfaces[0]!;
    expect(types.get('t')!.externalId).toBe('t');
    expect(functions.get('f')!.externalId).toBe('f');
    expect(functions.get('[method]r.m')!.externalId).toBe('☃');
  });
});
