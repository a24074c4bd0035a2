import { exportSurface, type ImportSite, importSites, type Member } from '@wit-ts/mapping';
import type { PlanExport, PlanImport } from '@wit-ts/plan';

type PlanExports = ReadonlyMap<string, PlanExport>;

const sites = new WeakMap<readonly PlanImport[], readonly ImportSite[]>();
const surfaces = new WeakMap<PlanExports, readonly Member<PlanExport>[]>();

/** Where a host has each import of a plan. Worked out once for a plan. */
export function importSitesOf(imports: readonly PlanImport[]): readonly ImportSite[] {
  let found = sites.get(imports);
  if (found === undefined) sites.set(imports, (found = importSites(imports)));
  return found;
}

/** The surface of a plan's exports. Worked out once for a plan. */
export function exportSurfaceOf(exports: PlanExports): readonly Member<PlanExport>[] {
  let found = surfaces.get(exports);
  if (found === undefined) surfaces.set(exports, (found = exportSurface(exports)));
  return found;
}
