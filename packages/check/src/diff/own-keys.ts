import type { Interface, PackageName } from '@wit-ts/model';

/** `x:y`: the name of a package without its version. */
export function unversionedName({ namespace, name }: PackageName): string {
  return `${namespace}:${name}`;
}

/**
 * The key of an interface as if its package had the given name and no version, so that two versions of a package have
 * one key for it, also after the package was renamed.
 */
export function keyIn(own: PackageName, { name }: Interface, key: string): string {
  return name === undefined ? key.split('@', 1)[0]! : `${unversionedName(own)}/${name}`;
}
