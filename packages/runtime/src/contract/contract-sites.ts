import {
  importSites,
  type ImportItem,
  type ImportSite,
  type WorldSurfaceMember,
  worldSurface,
} from '@wit-ts/mapping';
import { type Contract, worldOf } from '@wit-ts/model';
import type { PlanImport } from '@wit-ts/plan';
import { Component } from '../component.ts';
import { setImportSites } from '../import-sites.ts';
import { moduleKey } from '../limits.ts';
import { ContractDefinitions } from './contract-definitions.ts';

/**
 * Returns a component for hosts that were written against a contract: it looks up imports under the names that
 * declarations of the contract show. A component that imports components or core modules stays as it is.
 */
export function underContract(contract: Contract, component: Component): Component {
  const { decoded, plan, engine, parts, limits, compiled, linking } = component;
  const modules = compiled.get(moduleKey(limits));
  if (linking !== undefined || modules === undefined) return component;
  const imports = [...plan.imports];
  setImportSites(imports, contractSites(contract, imports));
  return new Component({ decoded, plan: { ...plan, imports }, engine, parts, limits, modules });
}

/**
 * Returns where a host that was written against a contract has the imports of a component. A component may import a
 * part of the contract only, so the numbers of clashing names must be counted in the contract.
 */
function contractSites(contract: Contract, imports: readonly PlanImport[]): readonly ImportSite[] {
  const definitions = new ContractDefinitions(contract);
  const items = importItems(worldSurface(worldOf(contract)).imports, []);
  const sites = importSites(items);
  const known = new Map(items.map(({ path }, index) => [JSON.stringify(path), sites[index]!]));
  const own = importSites(imports);
  return imports.map(({ path: [first = '', ...rest] }, index) => {
    const site = own[index]!;
    // The names of interfaces in a contract may have other versions than those that the component imports.
    const key = rest.length === 0 ? first : (definitions.keyOf('imports', first) ?? first);
    const found = known.get(JSON.stringify([key, ...rest]));
    if (found === undefined) return site;
    return first.includes(':') ? { ...found, interfaces: site.interfaces } : found;
  });
}

function importItems(members: readonly WorldSurfaceMember[], around: readonly string[]): ImportItem[] {
  return members.flatMap((member): ImportItem[] => {
    const path = [...around, member.name];
    switch (member.tag) {
      case 'object':
        return importItems(member.members, path);
      case 'class':
        return [{ path, item: { tag: 'resource' } }, ...importItems(member.functions, around)];
      case 'function':
        return [{ path, item: { tag: 'func' } }];
      case 'value':
        return [];
    }
  });
}
