import type { PlanComponent, PlanExport } from '@wit-ts/plan';

/** Returns the names under which a component is exported. */
export function pathTo(item: PlanComponent, exports: ReadonlyMap<string, PlanExport>): readonly string[] {
  return search(item, exports, new Set()) ?? [];
}

/** An instance may be exported under many names. It is searched once. */
function search(
  item: PlanComponent,
  exports: ReadonlyMap<string, PlanExport>,
  seen: Set<ReadonlyMap<string, PlanExport>>,
): readonly string[] | undefined {
  if (seen.has(exports)) return undefined;
  seen.add(exports);
  for (const [name, each] of exports) {
    if (each === item) return [name];
    const rest = each.tag === 'instance' ? search(item, each.exports, seen) : undefined;
    if (rest !== undefined) return [name, ...rest];
  }
  return undefined;
}
