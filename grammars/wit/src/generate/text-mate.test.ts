import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tokenMatcher, type IToken } from 'chevrotain';
import { beforeAll, describe, expect, it } from 'vitest';
import oniguruma from 'vscode-oniguruma';
import textmate, { type IGrammar } from 'vscode-textmate';
import { tokenize } from '../lexer.ts';
import * as t from '../tokens.ts';

/** The grammar as editors run it. */
let grammar: IGrammar;

beforeAll(async () => {
  const wasm = createRequire(import.meta.url).resolve('vscode-oniguruma/release/onig.wasm');
  await oniguruma.loadWASM(await readFile(wasm));
  const page = new URL('../../../../docs/grammar/wit.tmLanguage.json', import.meta.url);
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: async () => textmate.parseRawGrammar(await readFile(page, 'utf8'), 'wit.tmLanguage.json'),
  });
  grammar = (await registry.loadGrammar('source.wit'))!;
});

interface Scoped {
  readonly start: number;
  readonly end: number;
  readonly scope: string;
}

/** Every piece of a text with its innermost scope. */
function scopes(text: string): Scoped[] {
  const found: Scoped[] = [];
  let state = textmate.INITIAL;
  let offset = 0;
  for (const line of text.split('\n')) {
    const { tokens, ruleStack } = grammar.tokenizeLine(line, state);
    state = ruleStack;
    for (const { startIndex, endIndex, scopes: all } of tokens) {
      found.push({ start: offset + startIndex, end: offset + endIndex, scope: all.at(-1)! });
    }
    offset += line.length + 1;
  }
  return found;
}

/** `text: scope` of what is more than white space or unnamed. */
function shown(text: string): string[] {
  return scopes(text).flatMap(({ start, end, scope }) => {
    const piece = text.slice(start, end).trim();
    return piece === '' || scope === 'source.wit' ? [] : [`${piece}: ${scope.replace(/\.wit$/u, '')}`];
  });
}

describe('the TextMate grammar', () => {
  it.each([
    ['package wasi:io@0.2.0;', ['package: keyword.other', '0.2.0: constant.numeric.version']],
    ['interface streams {', ['interface: storage.type', 'streams: entity.name.type']],
    [
      'use wasi:io/poll@1.0.0-rc.1+b2.{pollable as p};',
      ['use: keyword.other', '1.0.0-rc.1+b2: constant.numeric.version', 'as: keyword.other'],
    ],
    [
      '@since(version = 0.2.0)',
      [
        '@: punctuation.definition.annotation',
        'since: storage.type.annotation',
        'version: variable.parameter',
        '0.2.0: constant.numeric.version',
      ],
    ],
    ['@unstable(feature = %type)', ['unstable: storage.type.annotation', '%type: constant.other']],
    ['@external-id("a\\"\\u{41}")', ['\\": constant.character.escape', '\\u{41}: constant.character.escape']],
    [
      'poll: async func(in: list<borrow<pollable>>) -> result<_, u32>;',
      [
        'poll: entity.name.function',
        'async: keyword.other',
        'func: keyword.other',
        'in: variable.other.member',
        'list: support.type',
        'borrow: support.type',
        '->: keyword.operator.arrow',
        '_: variable.language',
        'u32: support.type.primitive',
      ],
    ],
    ['%list: static func();', ['%list: entity.name.function', 'static: keyword.other']],
    [
      'record list-of-u8 { u8-x: u8, since: string }',
      [
        'record: storage.type',
        'list-of-u8: entity.name.type',
        'u8-x: variable.other.member',
        'u8: support.type.primitive',
        'since: variable.other.member',
        'string: support.type.primitive',
      ],
    ],
    ['import a: interface { }', ['import: keyword.other', 'interface: keyword.other']],
    ['/// docs', ['/// docs: comment.line.documentation']],
    ['a // no docs', ['// no docs: comment.line.double-slash']],
    [
      '/* a /* b */ c */ type t = u8;',
      ['b: comment.block', 'c: comment.block', 'type: storage.type', 't: entity.name.type'],
    ],
    ['/** a\n * b */ type', ['* b: comment.block.documentation', 'type: keyword.other']],
    ['type t = list<u8, 16>;', ['16: constant.numeric']],
  ])('%s', (text, expected) => {
    const found = shown(text);
    for (const scope of expected) expect(found).toContain(scope);
  });

  it('leaves strings and names at the end of a line open for no other', () => {
    expect(shown('@external-id("open\n; interface i {}')).toContain('interface: storage.type');
  });
});

const corpus = new URL('../../../../../shared/corpus/', import.meta.url);
const hasCorpus = existsSync(corpus);
const files = hasCorpus
  ? readdirSync(corpus, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.wit'))
  : [];

/** What a token may be, as its scope begins. */
function expectedScope(token: IToken): RegExp {
  const is = (type: (typeof t.allTokens)[number]): boolean => tokenMatcher(token, type);
  if (is(t.Primitive)) return /^support\.type\.primitive/u;
  if (is(t.Underscore)) return /^variable\.language/u;
  if (is(t.Keyword)) return /^(?:keyword\.other|storage\.type|support\.type)\.wit/u;
  if (token.tokenType === t.Semver) return /^constant\.numeric\.version/u;
  if (token.tokenType === t.Integer) return /^constant\.numeric/u;
  if (is(t.StringLiteral)) return /^string\.quoted/u;
  if (token.tokenType === t.Arrow) return /^keyword\.operator/u;
  if (is(t.Id))
    return /^(?:source|entity\.name|variable\.(?:other|parameter)|constant\.other|storage\.type\.annotation)/u;
  return /^(?:punctuation|source|meta)/u;
}

describe.skipIf(!hasCorpus)('the TextMate grammar on the corpus (needs ../shared)', () => {
  it('sees the tokens that the lexer sees', () => {
    const wrong: string[] = [];
    let count = 0;
    for (const name of files) {
      const text = readFileSync(new URL(name, corpus), 'utf8').replaceAll('\r\n', '\n');
      const lexed = tokenize(text);
      if (lexed.faults.length > 0) continue;
      const all = scopes(text);
      const scopeAt = (offset: number): string => all.findLast(({ start }) => start <= offset)!.scope;
      for (const token of lexed.tokens) {
        count += 1;
        const scope = scopeAt(token.startOffset);
        if (!expectedScope(token).test(scope)) wrong.push(`${name}: ${token.image} is ${scope}`);
      }
      for (const { startOffset, image } of lexed.comments) {
        if (!scopeAt(startOffset).startsWith('comment.')) wrong.push(`${name}: ${image} is no comment`);
      }
    }
    expect(count).toBeGreaterThan(5000);
    expect(wrong).toEqual([]);
  });
});
