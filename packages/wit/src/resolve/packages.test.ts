import { SourceFile } from '@wit-ts/diagnostics';
import { packageNameText } from '@wit-ts/model';
import { describe, expect, it } from 'vitest';
import { resolve, resolveOrThrow, type PackageInput } from '../index.ts';

function findings(input: PackageInput | string): string[] {
  return resolve(input).diagnostics.map(({ code, span }) => {
    if (span === undefined) return code;
    const { line, column } = span.file.position(span.start);
    return `${span.file.path}:${line}:${column} ${code}`;
  });
}

function file(path: string, text: string): SourceFile {
  return new SourceFile(path, text);
}

describe('packages', () => {
  it('are resolved in the order of their names, each after its dependencies', () => {
    const { resolve: contract, package: main } = resolveOrThrow({
      files: ['package b:main; interface i { use c:dep/j.{t}; }'],
      dependencies: [
        ['package c:dep; interface j { type t = u8; }'],
        ['package z:last;'],
        ['package a:first;'],
      ],
    });
    expect(contract.packages.map(({ name }) => packageNameText(name))).toEqual([
      'a:first',
      'c:dep',
      'b:main',
      'z:last',
    ]);
    expect(main).toBe(contract.packages[2]);
  });

  it('consist of several files, one of which declares the name', () => {
    const { package: main } = resolveOrThrow({
      files: ['interface i { use j.{t}; }', '/// Docs.\npackage a:b;', 'interface j { type t = u8; }'],
    });
    expect([...main!.interfaces.keys()]).toEqual(['j', 'i']);
    expect(main!.docs!.contents).toBe('Docs.');
  });

  it('may exist in several versions', () => {
    const text = `package a:b;
      use c:d/i@1.0.0 as old; use c:d/i@2.0.0 as new;
      world w { import old; import new; }
      package c:d@1.0.0 { interface i {} } package c:d@2.0.0 { interface i {} }`;
    expect([...resolveOrThrow(text).package!.worlds.get('w')!.imports.keys()]).toEqual([
      'c:d/i@1.0.0',
      'c:d/i@2.0.0',
    ]);
  });

  it('are one package if two dependencies contain equal ones', () => {
    const shared = 'package x:shared { interface i { type t = u8; } }';
    const input = (other: string): PackageInput => ({
      files: [file('m', 'package a:b; interface i { use x:shared/i.{t}; }')],
      dependencies: [[file('d', `package c:d; ${shared}`)], [file('e', `package e:f;\n\n${other}`)]],
    });
    expect(findings(input(shared.replace('interface i {', 'interface i { // or so\n')))).toEqual([]);
    expect(findings(input(shared.replace('u8', 'u16')))).toEqual(['e:3:9 duplicate-package']);
  });

  it.each([
    ['interface i {}', ['<wit>:1:1 missing-package']],
    ['package a:b { interface i {} }', ['<wit>:1:1 missing-package']],
    ['package a:b; package c:d {} package c:d {}', ['<wit>:1:37 duplicate-package']],
    ['package a:b; use c:d/e; world w { import e; import c:d/f; }', ['<wit>:1:18 unknown-package']],
    [
      'package a:b; interface i { use a:b/j.{t}; } interface j { type t = u8; }',
      ['<wit>:1:32 package-cycle'],
    ],
    ['package a:b; interface i {} package c:d { interface j {} world w { import a:b/i; } }', []],
    ['package a:b; use c:d/x; package c:d { interface i {} }', ['<wit>:1:22 unknown-interface']],
    ['package a:b; use c:d/w; package c:d { world w {} }', ['<wit>:1:22 not-an-interface']],
    ['package a:b; use i as j; use k as j; interface i {} interface k {}', ['<wit>:1:35 duplicate-name']],
    ['package a:b; use x as y; interface i { use y.{t}; }', ['<wit>:1:18 unknown-interface']],
    ['package a:b; @since(version = 1.0.0) use i as j; interface i {}', ['<wit>:1:15 misplaced-attribute']],
  ])('%s', (text, expected) => {
    expect(findings(text)).toEqual(expected);
  });

  it('are reported once if they are missing, with every position that needs them', () => {
    const { diagnostics } = resolve(
      'package a:b; interface i { use x:y/z.{a}; use x:y/w.{b}; } world w { import x:y/v; }',
    );
    expect(diagnostics).toHaveLength(1);
    expect(diagnostics[0]!.related).toHaveLength(2);
  });

  it('are suggested in the version that exists', () => {
    const { diagnostics } = resolve(
      'package a:b; world w { import c:d/i@1.0.1; } package c:d@1.0.0 { interface i {} }',
    );
    expect(diagnostics[0]!.help).toBe('`c:d@1.0.0` exists: write `c:d/i@1.0.0`');
  });

  it('keep the `use` of a file to that file', () => {
    expect(
      findings({
        files: [
          file('a.wit', 'package a:b; use i as alias; interface i { type t = u8; }'),
          file('b.wit', 'interface j { use alias.{t}; }'),
        ],
      }),
    ).toEqual(['b.wit:1:19 unknown-interface']);
  });

  it('are reported with the files that disagree', () => {
    const files = [file('a.wit', 'package a:b;'), file('b.wit', 'package a:c;')];
    expect(findings({ files })).toEqual(['b.wit:1:9 conflicting-package']);
  });

  it('may be dependencies when they are already decoded', () => {
    const { resolve: decoded } = resolveOrThrow(
      'package c:d; interface i { resource r; } interface j { f: func(); }',
    );
    const { resolve: contract } = resolveOrThrow({
      files: ['package a:b; interface k { use c:d/i.{r}; f: func(a: borrow<r>); } world w { export k; }'],
      decoded: [decoded],
    });
    expect(contract.packages.map(({ name }) => packageNameText(name))).toEqual(['c:d', 'a:b']);
    expect([...contract.worlds[0]!.imports.keys()]).toEqual(['c:d/i']);
  });

  it('may be empty', () => {
    expect(resolve({ files: [] })).toMatchObject({ value: { package: undefined }, diagnostics: [] });
  });
});
