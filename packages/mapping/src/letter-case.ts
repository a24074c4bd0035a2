import type { CasingChoice } from './choices.ts';

/**
 * WIT's kebab-case names in JavaScript. A word of a WIT name is all lower or all upper case (`get-URL`). The JavaScript
 * name takes its capital letters from the hyphens only (`getUrl`), as jco does.
 */

/** Returns the name of a function, method, parameter, field or flag: `get-URL` → `getUrl`. */
export function camelCase(name: string): string {
  const words = name.toLowerCase().split('-');
  return words.map((word, index) => (index === 0 ? word : capitalise(word))).join('');
}

/** Returns the name of a function, method, field or flag under the choices. */
export function cased(name: string, choices?: CasingChoice): string {
  return choices?.casing === 'wit' ? name : camelCase(name);
}

/** Returns the name of a type or class: `input-stream` → `InputStream`. */
export function pascalCase(name: string): string {
  return name.toLowerCase().split('-').map(capitalise).join('');
}

function capitalise(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}
