import type { Docs, Stability } from '@wit-ts/model';
import { hardline } from './layout/layout-node.ts';
import { code, type Printable } from './printable.ts';

interface Documented {
  readonly docs?: Docs | undefined;
  readonly stability?: Stability | undefined;
}

/** Text that is added to an item's own documentation. */
interface Remarks {
  /** A sentence before the documentation. */
  readonly lead?: string;
  /**
   * The cases of a variant or an enum, whose documentation follows as a list: an editor shows nothing beside a case.
   */
  readonly cases?: readonly (Documented & { readonly name: string })[];
  /** JSDoc tags after it. */
  readonly tags?: readonly Printable[];
}

/** Returns the documentation of an item as a JSDoc comment with a line break; empty if there is no documentation. */
export function docComment(item: Documented, { lead, cases, tags = [] }: Remarks = {}): Printable {
  const lines: Printable[] = [];
  if (lead !== undefined) addParagraph(lines, lead);
  if (item.docs !== undefined) addParagraph(lines, withoutMargin(item.docs.contents));
  if (cases !== undefined) addParagraph(lines, caseList(cases));
  const deprecated = item.stability?.deprecated;
  lines.push(...tags);
  if (deprecated !== undefined) lines.push(...tidy(`@deprecated since ${deprecated}`).split('\n'));
  if (lines.length === 0) return '';
  if (lines.length === 1) return code`/** ${lines[0]!} */\n`;
  return [
    '/**',
    hardline,
    lines.map((line) => (line === '' ? EMPTY_LINE : [' * ', line, hardline])),
    ' */',
    hardline,
  ];
}

const EMPTY_LINE: Printable = [' *', hardline];

/** Adds the lines of a text, after an empty line if there is something before them. */
function addParagraph(lines: Printable[], text: string): void {
  const tidied = tidy(text);
  if (tidied === '') return;
  if (lines.length > 0) lines.push('');
  if (tidied.includes('\n')) lines.push(...tidied.split('\n'));
  else lines.push(tidied);
}

/** Returns a line comment. Characters that would end the line are removed. */
export function lineComment(text: string): string {
  return `// ${text.replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ' ')}\n`;
}

/** Returns a Markdown list of the cases that have documentation. */
function caseList(cases: readonly (Documented & { readonly name: string })[]): string {
  const lines: string[] = [];
  for (const { name, docs } of cases) {
    const text = docs === undefined ? '' : tidy(withoutMargin(docs.contents));
    if (text !== '') lines.push(`- \`${name}\`: ${text.replaceAll('\n', '\n  ')}`);
  }
  return lines.join('\n');
}

/** Removes the stars at the left of a block comment, which documentation read from a component contains. */
function withoutMargin(text: string): string {
  if (!/^\s/u.test(text)) return text;
  const [first = '', ...lines] = text.split('\n');
  const isBlock =
    first.trim() === '' && lines.every((line) => /^\s+\*(?: |$)/u.test(line) || line.trim() === '');
  return isBlock ? lines.map((line) => line.replace(/^\s+\* ?/u, '')).join('\n') : text;
}

/**
 * Returns text that is safe in a comment: the documentation of a hostile contract must neither end the comment nor
 * contain characters that make an editor show code in another order.
 */
function tidy(text: string): string {
  const safe = UNSAFE.test(text)
    ? text.replace(/\r\n?/gu, '\n').replace(UNSAFE_CHARACTERS, '').replaceAll('*/', '*\\/')
    : text;
  if (!safe.includes('\n')) return safe.trimEnd();
  const lines = safe.split('\n').map((line) => line.trimEnd());
  const start = lines.findIndex((line) => line !== '');
  return start === -1 ? '' : lines.slice(start, lines.findLastIndex((line) => line !== '') + 1).join('\n');
}

// eslint-disable-next-line no-control-regex
const UNSAFE_CHARACTERS = /[\0-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/gu;
const UNSAFE = new RegExp(`${UNSAFE_CHARACTERS.source}|\\*/`, 'u');
