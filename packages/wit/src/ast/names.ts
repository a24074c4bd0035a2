import { isLabel } from '@wit-ts/model';

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
  return isLabel(kebab) ? kebab : undefined;
}
