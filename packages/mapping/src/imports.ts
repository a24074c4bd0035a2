import type { CallStyle } from './function-names.ts';
import { interfaceKeys, type InterfaceKeys } from './interface-keys.ts';
import { ObjectNames, type Keys } from './object-names.ts';

/** Something that a component imports. */
export interface ImportItem {
  /** The import's name and, within an imported instance, the names that lead to the item. */
  readonly path: readonly string[];
  readonly item: { readonly tag: string };
}

/** Where the host has something that a component imports, and how it is called. */
export interface ImportSite {
  /** The objects that lead to the item, starting at the host's imports. */
  readonly interfaces: readonly InterfaceKeys[];
  /**
   * The properties under which the item is looked up, best first: of the last object, of the class (static), or of
   * the class's prototype (method).
   */
  readonly keys: Keys;
  /** `value`: a core module or a component. */
  readonly style: CallStyle | 'class' | 'value';
  /** The key of the class that the item belongs to; empty if it belongs to none. */
  readonly className: string;
}

interface HostObject {
  readonly interfaces: readonly InterfaceKeys[];
  readonly names: ObjectNames;
  readonly inner: Map<string, HostObject>;
}

/**
 * Returns where the host has each import of a component. The names are given as in `membersOf`, in the order of the
 * imports.
 *
 * A function of the world itself, which has no interface, may also be the property `default` of an object: jco reads
 * it so.
 */
export function importSites(imports: readonly ImportItem[]): readonly ImportSite[] {
  const root: HostObject = { interfaces: [], names: new ObjectNames('import'), inner: new Map() };
  return imports.map(({ path, item }) => {
    const name = path.at(-1) ?? '';
    let object = root;
    for (const around of path.slice(0, -1)) object = objectIn(object, around);
    const { interfaces, names } = object;
    if (item.tag === 'func') {
      const { keys, style, className } = names.function(name);
      return { interfaces, keys, style, className };
    }
    return item.tag === 'resource'
      ? { interfaces, keys: names.class(name), style: 'class', className: '' }
      : { interfaces, keys: names.property(name), style: 'value', className: '' };
  });
}

function objectIn({ interfaces, names, inner }: HostObject, name: string): HostObject {
  let found = inner.get(name);
  if (found === undefined) {
    const keys = interfaceKeys(name, names);
    found = { interfaces: [...interfaces, keys], names: new ObjectNames('import'), inner: new Map() };
    inner.set(name, found);
  }
  return found;
}
