import {
  type CasingChoice,
  exportSurface,
  importSites,
  type ImportItem,
  type ImportSite,
  type Items,
  type Member,
  type NameOrder,
  type WorldSurfaceMember,
  worldSurface,
} from '@wit-ts/mapping';
import { compatibleKeys, type Contract, worldOf } from '@wit-ts/model';
import type { Plan, PlanExport, PlanImport } from '@wit-ts/plan';
import { Component } from '../compiled-component.ts';
import { setImportSites } from '../import-sites.ts';
import { knownSurfaces } from '../wiring/wire-exports.ts';
import { ContractDefinitions } from './contract-definitions.ts';

/**
 * Returns a component for hosts that were written against a contract: its imports and exports have the names that
 * declarations of the contract show. A component that imports components or core modules stays as it is.
 */
export function underContract(contract: Contract, component: Component): Component {
  const { bytes, decoded, plan, engine, parts, limits, compiled, linking, mapping, code } = component;
  const [modules] = compiled.values();
  if (linking !== undefined || modules === undefined) return component;
  const imports = [...plan.imports];
  setImportSites(imports, contractSites(contract, imports, mapping));
  const exports = new Map(plan.exports);
  knownSurfaces.set(exports, contractSurface(contract, exports, mapping));
  return new Component({
    bytes,
    decoded,
    plan: { ...plan, imports, exports },
    engine,
    parts,
    limits,
    modules,
    mapping,
    code,
  });
}

/**
 * Returns where a host that was written against a contract has the imports of a component. A component may import a
 * part of the contract only, so the numbers of clashing names must be counted in the contract.
 */
function contractSites(
  contract: Contract,
  imports: readonly PlanImport[],
  mapping: CasingChoice | undefined,
): readonly ImportSite[] {
  const definitions = new ContractDefinitions(contract);
  const items = importItems(worldSurface(worldOf(contract), undefined, mapping).imports, []);
  const sites = importSites(items, mapping);
  const known = new Map(items.map(({ path }, index) => [JSON.stringify(path), sites[index]!]));
  const own = importSites(imports, mapping);
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

type Exports = Plan['exports'];

/**
 * Returns the surface of a component's exports under a contract. A component may export more than the contract, in
 * another order, so the exports of the contract get their names first, in the order of the contract. An interface of
 * another version has its name in the contract, too.
 */
function contractSurface(
  contract: Contract,
  exports: Exports,
  mapping: CasingChoice | undefined,
): readonly Member<PlanExport>[] {
  const declared = worldSurface(worldOf(contract), undefined, mapping).exports;
  return exportSurface(exports, undefined, contractOrder(declared, exports), mapping);
}

function contractOrder(declared: readonly WorldSurfaceMember[], exports: Exports): NameOrder<PlanExport> {
  const exportedKey = compatibleKeys(exports);
  const interfaces = new Map<string, WorldSurfaceMember & { readonly tag: 'object' }>();
  const names = namesOf(declared).map((name) => exportedKey(name) ?? name);
  for (const member of declared)
    if (member.tag === 'object') interfaces.set(exportedKey(member.name) ?? member.name, member);
  return {
    groups: inOrder(exports, names),
    inside(name, items) {
      const members = interfaces.get(name)?.members;
      return members === undefined ? items : inOrder(items, namesOf(members)).flat();
    },
    otherName(name) {
      const declaredName = interfaces.get(name)?.name;
      return declaredName === name ? undefined : declaredName;
    },
  };
}

/** Returns the WIT names of members, in the order in which they get their JavaScript names. */
function namesOf(members: readonly WorldSurfaceMember[]): readonly string[] {
  return members.flatMap((member) =>
    member.tag === 'class' ? [member.name, ...member.functions.map(({ name }) => name)] : [member.name],
  );
}

/** Returns the named items in the order of the names, and then all others. */
function inOrder(
  items: Items<PlanExport>,
  names: readonly string[],
): readonly (readonly (readonly [name: string, item: PlanExport])[])[] {
  const rest = new Map(items);
  const first = names.flatMap((name) => {
    const item = rest.get(name);
    return item !== undefined && rest.delete(name) ? [[name, item] as const] : [];
  });
  return [first, [...rest]];
}
