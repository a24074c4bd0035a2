import type { Plugin } from 'rolldown';

/** A text with one character beyond ASCII takes Node twice the memory: it keeps each character of it in two bytes then. */
export const asciiOnly: Plugin = {
  name: 'ascii-only',
  // As late as can be: whoever prints the code again writes the characters themselves.
  generateBundle(_, bundle) {
    for (const chunk of Object.values(bundle)) {
      if (chunk.type === 'chunk') chunk.code = escaped(chunk.code);
    }
  },
};

/** The same program in ASCII: what is beyond stands in literals and comments. */
export function escaped(code: string): string {
  return code.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
