import type { Plugin } from 'rolldown';

/** Writes bundles in ASCII: Node keeps a text with any character beyond Latin-1 in two bytes a character. */
export const asciiOnly: Plugin = {
  name: 'ascii-only',
  // The last hook that sees code: a step that prints code would write the characters themselves again.
  generateBundle(_, bundle) {
    for (const chunk of Object.values(bundle)) {
      if (chunk.type === 'chunk') chunk.code = escaped(chunk.code);
    }
  },
};

/** Escapes every character beyond ASCII. In a bundle, those only occur in literals and comments. */
export function escaped(code: string): string {
  return code.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
