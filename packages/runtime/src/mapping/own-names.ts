import { exportSurface, importSites, type MappingChoices } from '@wit-ts/mapping';
import type { Plan } from '@wit-ts/plan';
import { setImportSites } from '../import-sites.ts';
import { knownSurfaces } from '../wiring/wire-exports.ts';

/** Returns a plan whose imports and exports have their names in JavaScript under choices of the mapping. */
export function withOwnNames(plan: Plan, choices: MappingChoices): Plan {
  if (choices.casing !== 'wit') return plan;
  const imports = [...plan.imports];
  setImportSites(imports, importSites(imports, choices));
  const exports = new Map(plan.exports);
  knownSurfaces.set(exports, exportSurface(exports, undefined, undefined, choices));
  return { ...plan, imports, exports };
}
