import {
  funcText,
  idText,
  typeDefText,
  typeText,
  type Func,
  type Interface,
  type Package,
  type Resolve,
  type Type,
  type TypeDef,
} from '@wit-ts/model';

/** The options and the contract that all printing functions share. */
export interface Printer {
  readonly resolve: Resolve;
  readonly docs: boolean;
  /**
   * Whether all packages are printed, so that the text is resolved again: then it has the order that the resolver gives
   * it, and the imports that it implies. Otherwise it is as the reference prints it.
   */
  readonly isComplete: boolean;
}

/**
 * The greatest length of the text of one type. Only anonymous types of a hostile component exceed it: they can share
 * parts so that their text grows exponentially.
 */
const TYPE_LIMIT = 1_000_000;

/** Returns a type as WIT. Throws a `RangeError` if it is too large. */
export function printType(value: Type): string {
  return uncut(typeText(value, { limit: TYPE_LIMIT }));
}

/** Returns the definition of a type as WIT. Throws a `RangeError` if it is too large. */
export function printTypeDef(value: TypeDef): string {
  return uncut(typeDefText(value, { limit: TYPE_LIMIT }));
}

/** Returns the type of a function as WIT. Throws a `RangeError` if it is too large. */
export function printFunc(value: Func): string {
  return uncut(funcText(value, { limit: TYPE_LIMIT }));
}

function uncut(text: string): string {
  if (!text.includes('…')) return text;
  throw new RangeError(
    'a type without a name is too large or too deep to be written as WIT; give its parts names',
  );
}

/** Returns the path to an interface from inside a package: `iface`, or `ns:pkg/iface@version`. */
export function interfacePath(iface: Interface, from: Package | undefined, resolve: Resolve): string {
  if (iface.name === undefined) return idText(labelOf(iface, resolve));
  if (iface.package === undefined || iface.package === from) return idText(iface.name);
  const { namespace, name, version } = iface.package.name;
  const path = `${idText(namespace)}:${idText(name)}/${idText(iface.name)}`;
  return version === undefined ? path : `${path}@${version}`;
}

/**
 * Returns the label of an interface in its world. WIT has no path to an interface that is written inline, although
 * components may use its types; the label shows which interface is meant.
 */
function labelOf(iface: Interface, resolve: Resolve): string {
  for (const world of resolve.worlds) {
    for (const [label, item] of [...world.imports, ...world.exports]) {
      if (item.tag === 'interface' && item.interface === iface) return label;
    }
  }
  throw new RangeError('a type is used from an interface that has no name and belongs to no world');
}
