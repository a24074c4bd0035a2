/**
 * WIT's kebab-case names in JavaScript. The words of a name may be all lower or all upper case (`get-URL`); JavaScript's
 * names carry the case of the hyphens only (`getUrl`), as hosts in the field expect.
 */

/** `get-URL` → `getUrl`: functions, methods, parameters, fields and flags. */
export function camelCase(name: string): string {
  const words = name.toLowerCase().split('-');
  return words.map((word, index) => (index === 0 ? word : capitalise(word))).join('');
}

/** `input-stream` → `InputStream`: types and classes. */
export function pascalCase(name: string): string {
  return name.toLowerCase().split('-').map(capitalise).join('');
}

function capitalise(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}

/**
 * The camelCase names of things that stand side by side. `a-1` and `a1` both become `a1`; the later one is then called
 * `a1$1`, which can clash with nothing because WIT names hold no `$`.
 */
export function camelCaseAll(names: readonly string[]): string[] {
  return distinct(names.map(camelCase));
}

/** The same names, with `$1`, `$2` … after those that came before. */
export function distinct(names: readonly string[]): string[] {
  const claims = new Claims();
  return names.map((name) => claims.claim(name));
}

/** Names that are given one by one to things that stand side by side; `taken` are there before. */
export class Claims {
  readonly #counts: Map<string, number>;

  constructor(taken: readonly string[] = []) {
    this.#counts = new Map(taken.map((name) => [name, 1]));
  }

  claim(name: string): string {
    const count = this.#counts.get(name) ?? 0;
    this.#counts.set(name, count + 1);
    return count === 0 ? name : `${name}$${count}`;
  }
}
