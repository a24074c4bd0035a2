import { NameClaims } from '@wit-ts/mapping';
import { parseQualifiedName } from '@wit-ts/model';

/**
 * The paths of interfaces. A path has the version of its interface only if two interfaces of the package and its
 * dependencies differ in nothing else. A path depends on nothing but the names of these, so that it is the same for all
 * worlds.
 */
export class InterfacePaths {
  readonly #bases = new Map<string, string>();

  /** @param keys the full names and labels of interfaces */
  constructor(keys: Iterable<string>) {
    const all = new Set(keys);
    const versions = new Map<string, number>();
    for (const key of all) versions.set(stemOf(key).stem, (versions.get(stemOf(key).stem) ?? 0) + 1);
    const taken = new NameClaims();
    for (const key of all) {
      const { stem, version } = stemOf(key);
      this.#bases.set(
        key,
        taken.claim(version !== undefined && versions.get(stem)! > 1 ? `${stem}@${version}` : stem),
      );
    }
  }

  /** Returns the name of the file of an interface, without folder and extension. */
  baseOf(key: string): string {
    return this.#bases.get(key) ?? stemOf(key).stem;
  }
}

/** Returns the parts of a path, in lower case because some file systems ignore case. */
function stemOf(key: string): { readonly stem: string; readonly version: string | undefined } {
  const full = parseQualifiedName(key.toLowerCase());
  if (full === undefined) return { stem: key.toLowerCase(), version: undefined };
  const { namespace, name, version } = full.package;
  return { stem: `${namespace}-${name}-${full.item}`, version };
}
