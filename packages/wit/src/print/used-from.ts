import type { Interface, TypeDef, World } from '@wit-ts/model';

/**
 * Returns the interface and name that an alias uses: an alias is a `use` exactly if its type belongs to another
 * interface.
 */
export function usedFrom(
  def: TypeDef,
  owner: Interface | World,
): { from: Interface; name: string } | undefined {
  if (def.kind.tag !== 'alias' || typeof def.kind.type === 'string') return undefined;
  const { owner: from, name } = def.kind.type;
  if (from === undefined || from === owner || name === undefined || !('functions' in from)) return undefined;
  return { from, name };
}
