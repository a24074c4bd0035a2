const KEBAB = /^(?:[a-z][a-z0-9]*|[A-Z][A-Z0-9]*)(?:-(?:[a-z0-9]+|[A-Z0-9]+))*$/u;

/** Whether a name is kebab-case (`Explainer.md`, `label`): parts all lower or all upper, the first without a digit in front. */
export function isKebab(name: string): boolean {
  return KEBAB.test(name);
}

/** The nearest name that is kebab-case: `fooBar` and `foo_bar` become `foo-bar`. `undefined` where there is none. */
export function toKebab(name: string): string | undefined {
  const kebab = name
    .slice(0, 100)
    .replaceAll(/([a-z\d])([A-Z])/gu, '$1-$2')
    .replaceAll(/[^A-Za-z\d]+/gu, '-')
    .replaceAll(/^[-\d]+|-+$/gu, '')
    .toLowerCase();
  return isKebab(kebab) ? kebab : undefined;
}
