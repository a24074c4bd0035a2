import type { ImportSite } from '@wit-ts/mapping';
import type { PlanImport } from '@wit-ts/plan';
import { Component } from './compiled-component.ts';
import { importSitesOf } from './import-sites.ts';
import { findImport, type Imports, isFit, type LinkedImport, type MismatchedImport } from './imports.ts';

/** Finds every import in the host's object, and adds each that is missing or has the wrong type to `mismatched`. */
export function findImports(
  imports: readonly PlanImport[],
  host: Imports,
  mismatched: MismatchedImport[],
): readonly LinkedImport[] {
  const sites = importSitesOf(imports);
  const linked: LinkedImport[] = [];
  for (const [index, item] of imports.entries())
    linked.push(linkImport(item, sites[index]!, host, linked, mismatched));
  return linked;
}

function linkImport(
  { path, item }: PlanImport,
  site: ImportSite,
  host: Imports,
  linked: readonly LinkedImport[],
  mismatched: MismatchedImport[],
): LinkedImport {
  if (item.tag === 'known') return item.value.module;
  const { found, container } = findImport(site, host);
  const fits = item.tag === 'component' ? found instanceof Component : isFit(item, found, linked);
  if (!fits) mismatched.push({ item: { path, item }, site, found, container });
  return found;
}
