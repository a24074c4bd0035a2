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

/** What all parts of a printing share. */
export interface Printer {
  readonly resolve: Resolve;
  readonly docs: boolean;
}

/**
 * The most that one type's text may be. Only anonymous types of a hostile component come near: they can share parts so
 * that their text is exponential.
 */
const TYPE_LIMIT = 1_000_000;

export function type(value: Type): string {
  return whole(typeText(value, { limit: TYPE_LIMIT }));
}

export function typeDef(value: TypeDef): string {
  return whole(typeDefText(value, { limit: TYPE_LIMIT }));
}

export function func(value: Func): string {
  return whole(funcText(value, { limit: TYPE_LIMIT }));
}

function whole(text: string): string {
  if (!text.includes('…')) return text;
  throw new RangeError(
    'a type without a name is too large or too deep to be written as WIT; give its parts names',
  );
}

/** How an interface is mentioned from within a package: `iface`, or `ns:pkg/iface@version`. */
export function interfacePath(iface: Interface, from: Package | undefined, resolve: Resolve): string {
  if (iface.name === undefined) return idText(labelOf(iface, resolve));
  if (iface.package === undefined || iface.package === from) return idText(iface.name);
  const { namespace, name, version } = iface.package.name;
  const path = `${idText(namespace)}:${idText(name)}/${idText(iface.name)}`;
  return version === undefined ? path : `${path}@${version}`;
}

/**
 * WIT has no path to an interface written inline, yet components may use types of one. Its label in the world says what
 * is meant.
 */
function labelOf(iface: Interface, resolve: Resolve): string {
  for (const world of resolve.worlds) {
    for (const [label, item] of [...world.imports, ...world.exports]) {
      if (item.tag === 'interface' && item.interface === iface) return label;
    }
  }
  throw new RangeError('a type is used from an interface that has no name and belongs to no world');
}
