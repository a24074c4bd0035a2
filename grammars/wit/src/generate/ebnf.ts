import { Lexer, type TokenType } from 'chevrotain';
import { kebab, tokenText, type Expr, type Production } from './productions.ts';

const HEADER = `/*
 * The grammar of WIT, generated from grammars/wit/src by \`pnpm generate\`; do not edit.
 *
 * The notation is that of the W3C (https://www.w3.org/TR/xml/#sec-notation), with regular expressions of JavaScript
 * between slashes for tokens. The tokens accept more names and versions than the language: later checks find names
 * that are not kebab-case, versions that are not semantic versions, and violations of all rules about the meaning of
 * a text.
 */
`;

const WIDTH = 100;

/** Returns the grammar as text: productions, then tokens. */
export function ebnf(productions: readonly Production[], tokens: readonly TokenType[]): string {
  const named = tokens.filter(
    ({ name, PATTERN }) =>
      typeof PATTERN !== 'string' && name !== 'Keyword' && !name.startsWith('Unterminated'),
  );
  const rules = productions.map((production) => productionText(production));
  return `${HEADER}\n${rules.join('\n\n')}\n\n/* Tokens */\n\n${named.map((token) => tokenRule(token, tokens)).join('\n\n')}\n`;
}

/** Returns the text of a production, broken at its alternatives if it is long. */
export function productionText({ name, expr }: Production): string {
  return rule(
    kebab(name),
    exprText(expr),
    expr.tag === 'choice' ? expr.items.map((item) => exprText(item)) : undefined,
  );
}

function rule(name: string, text: string, alternatives: readonly string[] | undefined): string {
  const line = `${name} ::= ${text}`;
  if (line.length <= WIDTH) return line;
  const margin = ' '.repeat(name.length);
  if (alternatives !== undefined) return `${name} ::= ${alternatives.join(`\n${margin}   | `)}`;
  return filled(line.split(' | '), `${margin}     | `);
}

/** Puts as many alternatives on a line as fit. */
function filled(alternatives: readonly string[], margin: string): string {
  const lines: string[] = [];
  for (const alternative of alternatives) {
    const last = lines.at(-1);
    if (last === undefined) lines.push(alternative);
    else if (last.length + alternative.length + 3 > WIDTH) lines.push(margin + alternative);
    else lines[lines.length - 1] = `${last} | ${alternative}`;
  }
  return lines.join('\n');
}

/** Returns the rule of a token: a category is a choice between its tokens, and other tokens are patterns. */
function tokenRule(token: TokenType, tokens: readonly TokenType[]): string {
  const name = kebab(token.name);
  const members = tokens.filter((other) => other.CATEGORIES?.includes(token) === true).map(tokenText);
  if (token.PATTERN === Lexer.NA) return rule(name, members.join(' | '), undefined);
  const pattern = token.PATTERN instanceof RegExp ? String(token.PATTERN) : NESTED_COMMENT;
  // A keyword in one place only, such as 'since', is also a name, and the pattern matches it anyway.
  return `${name} ::= ${pattern}`;
}

/** The pattern of block comments, the only token that a function matches. */
const NESTED_COMMENT = "'/*' ( block-comment | any-character )* '*/'";

const precedence = { choice: 0, sequence: 1, optional: 2, repeat: 2, token: 3, rule: 3 };

function exprText(expr: Expr, within = 0): string {
  const text = bareText(expr);
  return precedence[expr.tag] < within ? `( ${text} )` : text;
}

function bareText(expr: Expr): string {
  switch (expr.tag) {
    case 'token':
      return tokenText(expr.token);
    case 'rule':
      return kebab(expr.name);
    case 'sequence':
      return expr.items.map((item) => exprText(item, 1)).join(' ');
    case 'choice':
      return expr.items.map((item) => exprText(item, 1)).join(' | ');
    case 'optional':
      return `${exprText(expr.item, 3)}?`;
    case 'repeat':
      return `${exprText(expr.item, 3)}${expr.min === 0 ? '*' : '+'}`;
  }
}
