import { existsSync, readFileSync } from 'node:fs';
import { createToken, CstParser, Lexer, type CstNode, type ParserMethod } from 'chevrotain';
import { format, resolveConfig } from 'prettier';
import { describe, expect, it } from 'vitest';
import { allTokens } from '../tokens.ts';
import { ebnf } from './ebnf.ts';
import { generatedFiles } from './outputs.ts';
import { productionsOf } from './productions.ts';
import { railroad } from './railroad.ts';

const Id = createToken({ name: 'LongName', pattern: /[a-z]+/ });
const Comma = createToken({ name: 'Comma', pattern: ',' });
const Kind = createToken({ name: 'Kind', pattern: Lexer.NA });
const One = createToken({ name: 'One', pattern: 'one', categories: [Kind] });
const Two = createToken({ name: 'Two', pattern: 'two', categories: [Kind] });
const tokens = [Kind, One, Two, Id, Comma];

/** Uses every kind of production that chevrotain has. */
class Sample extends CstParser {
  constructor() {
    super(tokens);
    this.performSelfAnalysis();
  }
  readonly wholeFile: ParserMethod<[], CstNode> = this.RULE('wholeFile', () => {
    this.MANY(() => this.SUBRULE(this.item));
    this.AT_LEAST_ONE(() => this.CONSUME(Kind));
  });
  readonly item: ParserMethod<[], CstNode> = this.RULE('item', () => {
    this.OPTION(() => {
      this.CONSUME(Comma);
      this.CONSUME(One);
    });
    this.OR([{ ALT: () => this.CONSUME(Two) }, { ALT: () => this.SUBRULE(this.list) }]);
  });
  readonly list: ParserMethod<[], CstNode> = this.RULE('list', () => {
    this.AT_LEAST_ONE_SEP({ SEP: Comma, DEF: () => this.CONSUME(Id) });
    this.MANY_SEP({ SEP: Two, DEF: () => this.CONSUME2(One) });
  });
}

const sample = productionsOf(new Sample().getGAstProductions());

describe('ebnf', () => {
  it('writes productions and tokens', () => {
    const text = ebnf(sample, tokens);
    expect(text.slice(text.indexOf('*/') + 3)).toBe(`
whole-file ::= item* kind+

item ::= ( ',' 'one' )? ( 'two' | list )

list ::= long-name ( ',' long-name )* ( 'one' ( 'two' 'one' )* )?

/* Tokens */

kind ::= 'one' | 'two'

long-name ::= /[a-z]+/
`);
  });
});

describe('railroad', () => {
  it('draws every token and links every rule once', () => {
    const svg = railroad('item', sample[1]!.expr);
    expect([...svg.matchAll(/<text[^>]*>([^<]*)</gu)].map(([, text]) => text)).toEqual([
      ',',
      'one',
      'two',
      'list',
    ]);
    expect(svg).toContain('<a href="#list">');
    expect(svg).not.toMatch(/NaN|Infinity|undefined/u);
  });

  it('draws a list with separators as a loop', () => {
    const svg = railroad('list', sample[2]!.expr);
    expect([...svg.matchAll(/<text[^>]*>([^<]*)</gu)].map(([, text]) => text)).toEqual([
      'long-name',
      ',',
      'one',
      'two',
    ]);
  });
});

describe('the generated files', async () => {
  const generated = await generatedFiles(async (text, file) =>
    format(text, { parser: 'typescript', ...(await resolveConfig(file)) }),
  );
  const files = new Map(
    generated.map(({ file, text }) => [file.pathname.split('/').at(-1)!, { file, text }]),
  );

  it.each([...files.keys()])('%s is not stale', (name) => {
    const { file, text } = files.get(name)!;
    expect(existsSync(file)).toBe(true);
    expect(readFileSync(file, 'utf8') === text, `${name}: run \`pnpm generate\``).toBe(true);
  });

  it('has a diagram for every rule, and every link leads to one', () => {
    const html = files.get('railroad.html')!.text;
    const ids = new Set([...html.matchAll(/<h2 id="([^"]+)"/gu)].map(([, id]) => id));
    const links = [...html.matchAll(/href="#([^"]+)"/gu)].map(([, id]) => id);
    expect(links.filter((link) => !ids.has(link))).toEqual([]);
    expect(ids.size).toBe(html.match(/<svg /gu)!.length);
    expect(html).not.toMatch(/(?:src|href)="http/u);
  });

  it('highlights every keyword, once', () => {
    const grammar = JSON.parse(files.get('wit.tmLanguage.json')!.text) as TextMate;
    const { type, keyword, punctuation } = grammar.repository;
    const patterns = [...type.patterns, keyword, ...punctuation.patterns].map(
      ({ match }) => new RegExp(`^(?:${match})$`, 'u'),
    );
    const words = allTokens
      .filter(({ CATEGORIES }) => CATEGORIES?.some(({ name }) => name === 'Keyword'))
      .map(({ PATTERN }) => String(PATTERN));
    expect(words.length).toBeGreaterThan(40);
    for (const word of words)
      expect([word, patterns.filter((pattern) => pattern.test(word)).length]).toEqual([word, 1]);
  });
});

interface TextMate {
  readonly repository: {
    readonly type: { readonly patterns: readonly { readonly match: string }[] };
    readonly keyword: { readonly match: string };
    readonly punctuation: { readonly patterns: readonly { readonly match: string }[] };
  };
}
