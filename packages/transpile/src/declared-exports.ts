import type { PlanExport } from '@wit-ts/plan';

type Exports = ReadonlyMap<string, PlanExport>;

/** An export as declarations have it. */
export type DeclaredExport =
  | Exclude<PlanExport, { tag: 'instance' | 'component' | 'none' }>
  | { readonly tag: 'instance'; readonly exports: ReadonlyMap<string, DeclaredExport> }
  | { readonly tag: 'component' | 'none' };

/**
 * Returns the exports of a component with components whose contents are not known: those that it imports and exports
 * again.
 */
export function declaredExports(exports: Exports): ReadonlyMap<string, DeclaredExport> {
  // One instance may be exported under many names.
  const known = new Map<Exports, ReadonlyMap<string, DeclaredExport>>();
  const declared = (of: Exports): ReadonlyMap<string, DeclaredExport> => {
    let found = known.get(of);
    if (found === undefined) {
      found = new Map(Array.from(of, ([name, item]) => [name, declaredItem(item)] as const));
      known.set(of, found);
    }
    return found;
  };
  const declaredItem = (item: PlanExport): DeclaredExport => {
    if (item.tag === 'instance') return { tag: 'instance', exports: declared(item.exports) };
    if (item.tag === 'none') return { tag: item.component === true ? 'component' : 'none' };
    return item;
  };
  return declared(exports);
}
