import type { CasingChoice } from './choices.ts';

/**
 * WIT's kebab-case names in JavaScript. A word of a WIT name is all lower or all upper case (`get-URL`). The JavaScript
 * name takes its capital letters from the hyphens only (`getUrl`), as jco does.
 */

/** Returns the name of a function, method, parameter, field or flag: `get-URL` → `getUrl`. */
export function camelCase(name: string): string {
  return joined(name.toLowerCase());
}

/** Returns the name of a function, method, field or flag under the choices. */
export function cased(name: string, choices?: CasingChoice): string {
  return choices?.casing === 'wit' ? name : camelCase(name);
}

/** Returns the name of a type or class: `input-stream` → `InputStream`. */
export function pascalCase(name: string): string {
  return joined(capitalise(name.toLowerCase()));
}

function capitalise(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}

/** Removes the hyphens, and capitalises the words after them. A loop, because large packages have many names. */
function joined(words: string): string {
  let hyphen = words.indexOf('-');
  if (hyphen < 0) return words;
  let text = words.slice(0, hyphen);
  while (hyphen >= 0) {
    const from = hyphen + 1;
    hyphen = words.indexOf('-', from);
    text += capitalise(words.slice(from, hyphen < 0 ? words.length : hyphen));
  }
  return text;
}
