import type { Docs, Stability } from '@wit-ts/model';

export interface Documented {
  readonly docs?: Docs | undefined;
  readonly stability?: Stability | undefined;
}

/** Text that is added to an item's own documentation. */
export interface Remarks {
  /** A sentence before the documentation. */
  readonly lead?: string;
  /** JSDoc tags after it. */
  readonly tags?: readonly string[];
}

/** Returns the documentation of an item as a JSDoc comment with a line break; empty if there is no documentation. */
export function docComment(item: Documented, { lead = '', tags = [] }: Remarks = {}): string {
  const deprecated = item.stability?.deprecated;
  const allTags = deprecated === undefined ? tags : [...tags, `@deprecated since ${deprecated}`];
  const parts = [lead, withoutMargin(item.docs?.contents ?? ''), allTags.join('\n')].map(tidy);
  const text = parts.filter((part) => part !== '').join('\n\n');
  if (text === '') return '';
  const lines = text.split('\n');
  if (lines.length === 1) return `/** ${text} */\n`;
  return `/**\n${lines.map((line) => (line === '' ? ' *' : ` * ${line}`)).join('\n')}\n */\n`;
}

/** Returns a line comment. Characters that would end the line are removed. */
export function lineComment(text: string): string {
  return `// ${text.replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ' ')}\n`;
}

/** Removes the stars at the left of a block comment, which WIT's documentation text contains. */
function withoutMargin(text: string): string {
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
  return text
    .replace(/\r\n?/gu, '\n')
    .replace(/[\u202a-\u202e\u2066-\u2069]|(?![\n\t])\p{Cc}/gu, '')
    .replaceAll('*/', '*\\/')
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .replace(/^\n+|\n+$/gu, '');
}
