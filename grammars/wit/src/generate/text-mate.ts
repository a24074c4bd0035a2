import type { TokenType } from 'chevrotain';
import type { Expr, Production } from './productions.ts';

/**
 * Generates a TextMate grammar, with which editors and GitHub highlight WIT. It takes the words from the grammar:
 * primitives are the types without arguments, the rules of `type` begin with the types that take arguments, and a word
 * before a new name declares it.
 */
export function textMate(productions: readonly Production[], tokens: readonly TokenType[]): string {
  const words = wordClasses(productions, tokens);
  const grammar = {
    $schema: 'https://raw.githubusercontent.com/martinring/tmlanguage/master/tmlanguage.json',
    name: 'WIT',
    scopeName: 'source.wit',
    fileTypes: ['wit'],
    patterns: topLevelPatterns.map((name) => ({ include: `#${name}` })),
    repository: { ...comments, gate: gate(words), ...names(words), ...typesAndKeywords(words), ...literals },
  };
  return `${JSON.stringify(grammar, undefined, 2)}\n`;
}

const topLevelPatterns = [
  'comment',
  'gate',
  'declaration',
  'function',
  'member',
  'type',
  'keyword',
  'version',
  'number',
  'string',
  'punctuation',
];

/** The words of the language by how they are highlighted. */
interface WordClasses {
  readonly gates: readonly string[];
  readonly declaring: readonly string[];
  readonly primitives: readonly string[];
  readonly types: readonly string[];
  /** The other keywords. */
  readonly others: readonly string[];
}

function wordClasses(productions: readonly Production[], tokens: readonly TokenType[]): WordClasses {
  const keywords = wordsOf(tokens, 'Keyword');
  const primitives = wordsOf(tokens, 'Primitive');
  const types = typeWords(productions);
  const special = new Set([...primitives, ...types]);
  return {
    gates: gateWords(productions),
    declaring: declaringWords(productions).filter((text) => keywords.includes(text)),
    primitives,
    types,
    others: keywords.filter((text) => !special.has(text) && text !== '_'),
  };
}

const nested = [{ include: '#block' }];

/* Names hold hyphens and may begin with `%`, so `\b` does not match where they begin and end. */
const START = '(?<![\\w%-])';
const END = '(?![\\w-])';
const PARTS = '[\\dA-Za-z-]+(?:\\.[\\dA-Za-z-]+)*';
const VERSION = `\\d+\\.\\d+\\.\\d+(?:-${PARTS})?(?:\\+${PARTS})?`;
const ID = `${START}%?[a-zA-Z][a-zA-Z0-9-]*`;

function word(words: readonly string[]): string {
  return `${START}(${words.join('|')})${END}`;
}

const comments = {
  comment: {
    patterns: [
      { name: 'comment.line.documentation.wit', match: '///.*$' },
      { name: 'comment.line.double-slash.wit', match: '//.*$' },
      { include: '#block' },
    ],
  },
  block: {
    patterns: [
      { name: 'comment.block.documentation.wit', begin: '/\\*\\*(?!/)', end: '\\*/', patterns: nested },
      { name: 'comment.block.wit', begin: '/\\*', end: '\\*/', patterns: nested },
    ],
  },
};

function gate({ gates }: WordClasses): object {
  return {
    name: 'meta.annotation.wit',
    begin: `(@)\\s*(${gates.join('|')})(?=\\s*\\()`,
    beginCaptures: {
      1: { name: 'punctuation.definition.annotation.wit' },
      2: { name: 'storage.type.annotation.wit' },
    },
    // A gate that is not closed must not reach into the next item.
    end: '\\)|(?=[;{}])',
    patterns: [
      { include: '#comment' },
      { name: 'variable.parameter.wit', match: `${START}[a-z-]+(?=\\s*=)` },
      { include: '#version' },
      { include: '#string' },
      { name: 'constant.other.wit', match: ID },
    ],
  };
}

function names({ declaring }: WordClasses): object {
  return {
    declaration: {
      match: `${START}(${declaring.join('|')})\\s+(${ID})`,
      captures: { 1: { name: 'storage.type.wit' }, 2: { name: 'entity.name.type.wit' } },
    },
    function: {
      match: `(${ID})\\s*(:)(?=\\s*((static|async)\\s+)*func${END})`,
      captures: { 1: { name: 'entity.name.function.wit' }, 2: { name: 'punctuation.separator.wit' } },
    },
    member: {
      match: `(${ID})(:)(?=\\s)`,
      captures: { 1: { name: 'variable.other.member.wit' }, 2: { name: 'punctuation.separator.wit' } },
    },
  };
}

function typesAndKeywords({ primitives, types, others }: WordClasses): object {
  return {
    type: {
      patterns: [
        { name: 'support.type.primitive.wit', match: word(primitives) },
        { name: 'support.type.wit', match: word(types) },
      ],
    },
    keyword: { name: 'keyword.other.wit', match: word(others) },
  };
}

const literals = {
  version: { name: 'constant.numeric.version.wit', match: VERSION },
  number: { name: 'constant.numeric.wit', match: `${START}\\d+${END}` },
  string: {
    name: 'string.quoted.double.wit',
    begin: '"',
    end: '"|$',
    patterns: [
      { name: 'constant.character.escape.wit', match: '\\\\(u\\{[0-9a-fA-F_]+\\}|[0-9a-fA-F]{2}|.)' },
    ],
  },
  punctuation: {
    patterns: [
      { name: 'keyword.operator.arrow.wit', match: '->' },
      { name: 'variable.language.wit', match: word(['_']) },
      { name: 'punctuation.separator.wit', match: '[,;:]' },
    ],
  },
};

function wordsOf(tokens: readonly TokenType[], category: string): string[] {
  return tokens
    .filter((token) => token.CATEGORIES?.some(({ name }) => name === category) === true)
    .map((token) => String(token.PATTERN));
}

function typeWords(productions: readonly Production[]): string[] {
  const type = productions.find(({ name }) => name === 'type')!.expr;
  const rules = type.tag === 'choice' ? type.items.filter((item) => item.tag === 'rule') : [];
  return rules.flatMap(({ name }) =>
    wordAt(productions.find((production) => production.name === name)!.expr, 0),
  );
}

function declaringWords(productions: readonly Production[]): string[] {
  return productions
    .filter(({ expr }) => expr.tag === 'sequence' && tokenAt(expr, 1)?.name === 'Id')
    .flatMap(({ expr }) => wordAt(expr, 0));
}

function gateWords(productions: readonly Production[]): string[] {
  const attribute = productions.find(({ name }) => name === 'attribute')!.expr;
  const choice =
    attribute.tag === 'sequence' ? attribute.items.find((item) => item.tag === 'choice') : undefined;
  const rules = choice?.items.filter((item) => item.tag === 'rule') ?? [];
  return rules.flatMap(({ name }) =>
    wordAt(productions.find((production) => production.name === name)!.expr, 0),
  );
}

function wordAt(expr: Expr, index: number): string[] {
  const pattern = tokenAt(expr, index)?.PATTERN;
  return typeof pattern === 'string' ? [pattern] : [];
}

function tokenAt(expr: Expr, index: number): TokenType | undefined {
  const item = expr.tag === 'sequence' ? expr.items[index] : expr;
  return item?.tag === 'token' ? item.token : undefined;
}
