const KEBAB = /^(?:[a-z][a-z0-9]*|[A-Z][A-Z0-9]*)(?:-(?:[a-z0-9]+|[A-Z0-9]+))*$/u;

/**
 * Whether a name is kebab-case (`Explainer.md`, `label`): words in lower or in upper case, the first of which begins
 * with a letter.
 */
export function isKebab(name: string): boolean {
  return KEBAB.test(name);
}

/**
 * Returns the kebab-case form of a name: `fooBar` and `foo_bar` become `foo-bar`. Returns `undefined` when there is
 * none.
 */
export function toKebab(name: string): string | undefined {
  const kebab = name
    .slice(0, 100)
    .replaceAll(/([a-z\d])([A-Z])/gu, '$1-$2')
    .replaceAll(/[^A-Za-z\d]+/gu, '-')
    .replaceAll(/^[-\d]+|-+$/gu, '')
    .toLowerCase();
  return isKebab(kebab) ? kebab : undefined;
}
