import type { CasingChoice } from './choices.ts';
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
  /** `value`: a core module or a component. `instance`: the last of `interfaces` itself. */
  readonly style: CallStyle | 'class' | 'value' | 'instance';
  /** The keys of the class that the item belongs to, best first; none if it belongs to none. */
  readonly classKeys: Keys | readonly [];
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
 * A function or a class of the world itself, which has no interface, may also be the property `default` of an object:
 * jco reads it so.
 */
export function importSites(imports: readonly ImportItem[], choices?: CasingChoice): readonly ImportSite[] {
  const root: HostObject = {
    interfaces: [],
    names: new ObjectNames('import', choices),
    inner: new Map(),
  };
  return imports.map(({ path, item }) => {
    const name = path.at(-1) ?? '';
    let object = root;
    for (const around of path.slice(0, -1)) object = objectIn(object, around);
    if (item.tag === 'instance') object = objectIn(object, name);
    return { interfaces: object.interfaces, ...namesIn(object.names, name, item.tag) };
  });
}

function namesIn(names: ObjectNames, name: string, tag: string): Omit<ImportSite, 'interfaces'> {
  switch (tag) {
    case 'func':
      return names.function(name);
    case 'resource':
      return { keys: names.class(name), style: 'class', classKeys: [] };
    case 'resource-alias':
      // Another name of a resource takes no name from the others: declarations do not show it.
      return namesIn(names.inner(), name, 'resource');
    case 'instance':
      return { keys: [name], style: 'instance', classKeys: [] };
    default:
      return { keys: names.property(name), style: 'value', classKeys: [] };
  }
}

function objectIn({ interfaces, names, inner }: HostObject, name: string): HostObject {
  let found = inner.get(name);
  if (found === undefined) {
    const keys = interfaceKeys(name, names);
    found = { interfaces: [...interfaces, keys], names: names.inner(), inner: new Map() };
    inner.set(name, found);
  }
  return found;
}
