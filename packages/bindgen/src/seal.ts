/**
 * Generated files carry a seal in their second line, a checksum of the rest. A file with a broken seal was edited by
 * hand, so it is not overwritten without `--force`. The checksum ignores what a formatter or a checkout changes: white
 * space, quotes, parentheses, commas and semicolons.
 */
const SEAL = /^\/\/ wit-ts seal ([0-9a-f]{16})\r?\n/mu;

/** Adds the seal to a generated text, after the first line, which names the source. */
export function seal(content: string): string {
  const end = content.indexOf('\n') + 1;
  return `${content.slice(0, end)}// wit-ts seal ${checksum(content)}\n${content.slice(end)}`;
}

/** Returns whether a text still is as it was generated. */
export function isUntouched(text: string): boolean {
  const match = SEAL.exec(text);
  return match !== null && checksum(text.replace(SEAL, '')) === match[1];
}

/**
 * Returns whether a text may be overwritten: it is as it was generated, or a library call wrote the new text without a
 * seal.
 */
export function isOverwritable(text: string, next: string): boolean {
  return isUntouched(text) || checksum(text) === checksum(next.replace(SEAL, ''));
}

/**
 * Returns 64 bits as 16 hexadecimal digits: FNV-1a of 32 bits, once over the text and once over the text and the first
 * result. It has to find edits, not to resist somebody who wants to forge it, and a hash of `node:crypto` would cost
 * every start of the command line a third of the time in which Node starts.
 */
function checksum(text: string): string {
  const essence = text.replace(/[\s'"`;,()]+/gu, '');
  const first = fnv1a(essence, 0x811c9dc5);
  const second = fnv1a(essence, (first ^ 0x9e3779b9) >>> 0);
  return [first, second].map((half) => half.toString(16).padStart(8, '0')).join('');
}

/** Returns the hash of a text's UTF-16 units, of which each has two bytes. */
function fnv1a(text: string, basis: number): number {
  let hash = basis;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    hash = Math.imul(hash ^ (unit & 0xff), 0x01000193);
    hash = Math.imul(hash ^ (unit >>> 8), 0x01000193);
  }
  return hash >>> 0;
}
