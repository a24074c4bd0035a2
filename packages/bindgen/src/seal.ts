import { createHash } from 'node:crypto';

/**
 * Generated files carry a seal in their second line, a hash of the rest. A file with a broken seal was edited by hand,
 * so it is not overwritten without `--force`. The hash ignores what a formatter or a checkout changes: white space,
 * quotes, parentheses, commas and semicolons.
 */
const SEAL = /^\/\/ wit-ts seal ([0-9a-f]{16})\r?\n/mu;

/** Adds the seal to a generated text, after the first line, which names the source. */
export function seal(content: string): string {
  const end = content.indexOf('\n') + 1;
  return `${content.slice(0, end)}// wit-ts seal ${hash(content)}\n${content.slice(end)}`;
}

/** Returns whether a text still is as it was generated. */
export function isUntouched(text: string): boolean {
  const match = SEAL.exec(text);
  return match !== null && hash(text.replace(SEAL, '')) === match[1];
}

/**
 * Returns whether a text may be overwritten: it is as it was generated, or a library call wrote the new text without a
 * seal.
 */
export function isOverwritable(text: string, next: string): boolean {
  return isUntouched(text) || hash(text) === hash(next.replace(SEAL, ''));
}

function hash(text: string): string {
  const essence = text.replace(/[\s'"`;,()]/gu, '');
  return createHash('sha256').update(essence).digest('hex').slice(0, 16);
}
