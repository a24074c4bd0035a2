import { compareVersions, compatibilityKey } from './semver.ts';

/** The items of a world or of a component, by name. */
type NamedItems = ReadonlyMap<string, { readonly tag: string }>;

/**
 * Returns the key of the item that links with a name: the item of exactly that name, or else the newest interface of
 * the same compatibility track.
 */
export function compatibleKey(items: NamedItems, key: string): string | undefined {
  return compatibleKeys(items)(key);
}

/** Like `compatibleKey` for many names: examines the items once. */
export function compatibleKeys(items: NamedItems): (key: string) => string | undefined {
  let newest: Map<string, string> | undefined;
  return (key) => {
    if (items.has(key)) return key;
    if (!key.includes('@')) return undefined;
    newest ??= newestOfTracks(items);
    return newest.get(compatibilityKey(key));
  };
}

function newestOfTracks(items: NamedItems): Map<string, string> {
  const newest = new Map<string, string>();
  for (const [key, item] of items) {
    if (item.tag !== 'interface' && item.tag !== 'instance') continue;
    const track = compatibilityKey(key);
    const best = newest.get(track);
    if (best === undefined || compareVersions(versionOf(key), versionOf(best)) > 0) newest.set(track, key);
  }
  return newest;
}

function versionOf(key: string): string {
  return key.slice(key.indexOf('@') + 1);
}
