import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { SourceFile } from '@wit-ts/diagnostics';
import { keywords, parseCst } from '@wit-ts/grammar';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildAst } from '../ast/build.ts';
import { randomWit } from '../fixtures/random-wit.ts';
import { keywordKinds } from './token-kinds.ts';
import { readAst } from './read-ast.ts';

const corpus = new URL('../../../../../shared/corpus/', import.meta.url);
const hasCorpus = existsSync(corpus);
const names = hasCorpus ? readdirSync(corpus, { recursive: true, encoding: 'utf8' }) : [];
const texts = names
  .filter((name) => name.endsWith('.wit'))
  .map((name) => readFileSync(new URL(name, corpus), 'utf8'));

/** Exactly what the grammar's parser makes of a text where it has nothing to say against it, and else nothing. */
function agree(text: string): void {
  const file = new SourceFile('<wit>', text);
  const parsed = parseCst(text);
  const diagnostics: Parameters<typeof buildAst>[2] = [];
  const expected = buildAst(file, parsed, diagnostics);
  const wrong = parsed.errors.length + diagnostics.length > 0;
  expect(readAst(file)).toEqual(wrong ? undefined : expected);
}

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

  it('reads random WIT as the grammar does', () => {
    fc.assert(fc.property(randomWit(), agree), { numRuns: 200 });
  });

  it('reads what is left of random WIT as the grammar does', () => {
    const edit = fc.record({
      at: fc.nat(),
      length: fc.nat(6),
      text: fc.constantFrom(
        '',
        ' ',
        ',',
        ';',
        ':',
        '/',
        '@',
        '%',
        '-',
        '_',
        'é',
        '}',
        '{',
        '<',
        '"',
        '//',
        '/*',
        '0',
        '1.0.0',
        'a',
        'B',
        'use',
        'func',
        '\r',
        '\n',
      ),
    });
    fc.assert(
      fc.property(randomWit(), fc.array(edit, { minLength: 1, maxLength: 2 }), (text, edits) => {
        let edited = text;
        for (const { at, length, text: put } of edits) {
          const from = at % (edited.length + 1);
          edited = edited.slice(0, from) + put + edited.slice(from + length);
        }
        agree(edited);
      }),
      { numRuns: 2000 },
    );
  });
});

describe.skipIf(!hasCorpus)('the straight reader on the corpus (needs ../shared)', () => {
  it('reads as the grammar does, or not at all', () => {
    expect(texts.length).toBeGreaterThan(100);
    for (const text of texts) agree(text);
  });
});
