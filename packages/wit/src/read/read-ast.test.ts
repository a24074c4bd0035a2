import { keywords } from '@wit-ts/grammar';
import { describe, expect, it } from 'vitest';
import { agree, readLaws } from '../fixtures/read-laws.ts';
import { keywordKinds } from './token-kinds.ts';

const samples = [
  '',
  '\ufeffpackage a:b;',
  'package a:b@1.0.0-rc.1+x.y;\n\n// one\r\n/// two\r\n/* three /* four */ */\ninterface i {}',
  'package a:b {}\npackage c:d@0.1.0 { use e; interface f {} world w {} }',
  '@since(version = 1.0.0)\n@external-id("\\u{1f600} ☺")\nuse a:b/c@1.0.0 as d;',
  'world w { import a; import a:b/c; import a:b/c@1.0.0; import a: b; import a: b:c/d; import a : b; import a:func(); }',
  'world w { import %func: async func(x: u8,) -> result<_, u8>; export a: interface { use b.{}; } }',
  'world w { include a; include b with { c as d, } include e:f/g@1.0.0 with {} }',
  'interface i { r: func() -> tuple<list<u8, 4>, map<string, future>, stream<own<a>>, borrow<b>,>; }',
  'interface i { record r { /// a\n a: u8, } flags f { b, c } enum e { } variant v { x(result), y, } }',
  'interface i { resource a; resource b { constructor(); constructor() -> result<b>; s: static async func(); } }',
  'interface since { version: func(feature: unstable) -> deprecated; type external-id = error-context; }',
  'interface X-y2-33Z {}',
  'world w { import a:b; }',
  'world w { import a: b/c; }',
  'world w { import a:b:c/d; }',
  'interface i { f: func(a: list<u8, 4.0>); }',
  'package a:b@1.0;',
  'package a:b@01.0.0;',
  'interface a-B-c {}',
  'interface aB {}',
  'interface a--b {}',
  'interface a- {}',
  'interface a_b {}',
  'interface _ {}',
  'interface -a {}',
  'interface %- {}',
  'interface é {}',
  'interface i { x: func()-> u8; }',
  'interface i { /* open',
  'interface i { "a" }',
  '@external-id("\\q") interface i {}',
  '// \u202e',
  '// a\rb',
  'package a:b; package c:d;',
  'package a:b { package c:d {} }',
  '@unstable(feature = x) package a:b {}',
  `interface i { type t = ${'list<'.repeat(99)}u8${'>'.repeat(99)}; }`,
  `interface i { type t = ${'list<'.repeat(100)}u8${'>'.repeat(100)}; }`,
];

describe('the straight reader', () => {
  it('knows the keywords of the grammar', () => {
    expect(keywordKinds.map(([word]) => word).sort()).toEqual([...keywords].sort());
  });

  it.each(samples.map((text) => [text]))('reads as the grammar does, or not at all: %j', agree);
});

// A tenth of the runs of `read-ast.slow.test.ts`.
readLaws(0.1);
