import { type ImportSite, importSites } from '@wit-ts/mapping';
import type { PlanImport } from '@wit-ts/plan';

const sites = new WeakMap<readonly PlanImport[], readonly ImportSite[]>();

/** Sets where the host of one component has each of its imports. */
export function setImportSites(imports: readonly PlanImport[], found: readonly ImportSite[]): void {
  sites.set(imports, found);
}

/** Returns where a host has each import of a plan. It is computed once for a plan. */
export function importSitesOf(imports: readonly PlanImport[]): readonly ImportSite[] {
  let found = sites.get(imports);
  if (found === undefined) sites.set(imports, (found = importSites(imports)));
  return found;
}
