import type { Docs, Stability } from '@wit-ts/model';
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
export function docComment(item: Documented, { lead = '', cases = [], tags = [] }: Remarks = {}): Printable {
  const deprecated = item.stability?.deprecated;
  const allTags =
    deprecated === undefined ? tags : [...tags, ...tidy(`@deprecated since ${deprecated}`).split('\n')];
  const parts = [lead, contentsOf(item), caseList(cases)].map(tidy).filter((part) => part !== '');
  const text = parts.flatMap((part, index) => [...(index === 0 ? [] : ['']), ...part.split('\n')]);
  const lines: readonly Printable[] =
    text.length === 0 || allTags.length === 0 ? [...text, ...allTags] : [...text, '', ...allTags];
  if (lines.length === 0) return '';
  if (lines.length === 1) return code`/** ${lines[0]!} */\n`;
  return code`/**\n${lines.map((line) => (line === '' ? EMPTY_LINE : code` * ${line}\n`))} */\n`;
}

const EMPTY_LINE = code` *\n`;

/** Returns a line comment. Characters that would end the line are removed. */
export function lineComment(text: string): string {
  return `// ${text.replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ' ')}\n`;
}

function contentsOf({ docs }: Documented): string {
  return withoutMargin(docs?.contents ?? '');
}

/** Returns a Markdown list of the cases that have documentation. */
function caseList(cases: readonly (Documented & { readonly name: string })[]): string {
  return cases
    .map((item) => ({ name: item.name, text: tidy(contentsOf(item)) }))
    .filter(({ text }) => text !== '')
    .map(({ name, text }) => `- \`${name}\`: ${text.replaceAll('\n', '\n  ')}`)
    .join('\n');
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
    ? text
        .replace(/\r\n?/gu, '\n')
        .replace(/[\u202a-\u202e\u2066-\u2069]|(?![\n\t])\p{Cc}/gu, '')
        .replaceAll('*/', '*\\/')
    : text;
  const lines = safe.split('\n').map((line) => line.trimEnd());
  const start = lines.findIndex((line) => line !== '');
  return start === -1 ? '' : lines.slice(start, lines.findLastIndex((line) => line !== '') + 1).join('\n');
}

const UNSAFE = /[\u202a-\u202e\u2066-\u2069]|(?![\n\t])\p{Cc}|\*\//u;
