import {
  packageNameText,
  type Interface,
  type Package,
  type Type,
  type TypeDef,
  type World,
} from '@wit-ts/model';
import { foreignPackages } from './package-order.ts';
import type { KnownPackage, DisabledFeature, Resolution } from './resolution.ts';
import type { PackageSpans } from './definition-spans.ts';
import type { PackageDraft } from './package-draft.ts';
import type { SourcePackage } from './source-packages.ts';

/** The result of resolving a package without mistakes, and everything that it depends on. */
interface PackageRecord {
  readonly sourcePackage: SourcePackage;
  readonly options: string;
  /** The packages that its text mentions. */
  readonly needs: ReadonlyMap<string, Package>;
  readonly known: KnownPackage;
  readonly types: readonly TypeDef[];
  readonly interfaces: readonly Interface[];
  readonly worlds: readonly World[];
  readonly resources: readonly TypeDef[];
  readonly borrowing: readonly Type[];
  readonly spans: PackageSpans;
  readonly disabledTypes: ReadonlyMap<Interface, Map<string, DisabledFeature>>;
  readonly brokenTypes: ReadonlyMap<Interface, Set<string>>;
}

/** The latest results of resolving packages, by name. Packages with mistakes are not kept, because they are few. */
export class PackageRecords {
  readonly #records = new Map<string, PackageRecord>();

  /** Adds the kept result of a package to the contract, unless something changed. Returns whether it did. */
  reuse(sourcePackage: SourcePackage, resolution: Resolution): boolean {
    const record = this.#records.get(packageNameText(sourcePackage.name));
    if (record === undefined || !isCurrent(record, sourcePackage, resolution)) return false;
    append(resolution.types, record.types);
    append(resolution.interfaces, record.interfaces);
    append(resolution.worlds, record.worlds);
    resolution.packages.push(record.known.package);
    for (const type of record.resources) resolution.resources.add(type);
    for (const type of record.borrowing) resolution.borrowing.add(type);
    for (const [iface, types] of record.disabledTypes) resolution.disabledTypes.set(iface, types);
    for (const [iface, types] of record.brokenTypes) resolution.brokenTypes.set(iface, types);
    resolution.spans.add(record.spans);
    resolution.known.set(packageNameText(sourcePackage.name), record.known);
    return true;
  }

  /** Keeps what `resolvePackage` adds to the contract, if it finds no mistakes. */
  keep(sourcePackage: SourcePackage, resolution: Resolution, resolvePackage: () => PackageDraft): void {
    const { faults, types, interfaces, worlds, resources, borrowing } = resolution;
    const before = [faults, types.length, interfaces.length, worlds.length] as const;
    const marked = [resources.size, borrowing.size] as const;
    const spans = resolution.spans.begin();
    const needs = currentNeeds(sourcePackage, resolution);
    const draft = resolvePackage();
    const name = packageNameText(sourcePackage.name);
    const known = resolution.known.get(name);
    if (resolution.faults > before[0] || known === undefined || needs === undefined) {
      this.#records.delete(name);
      return;
    }
    const targets = [...draft.items.values()].flatMap((item) =>
      item.tag === 'interface' ? [item.target as Interface] : [],
    );
    this.#records.set(name, {
      sourcePackage,
      options: resolution.options,
      needs,
      known,
      types: types.slice(before[1]),
      interfaces: interfaces.slice(before[2]),
      worlds: worlds.slice(before[3]),
      resources: resources.since(marked[0]),
      borrowing: borrowing.since(marked[1]),
      spans,
      disabledTypes: pick(resolution.disabledTypes, targets),
      brokenTypes: pick(resolution.brokenTypes, targets),
    });
  }
}

function isCurrent(
  { sourcePackage: old, options, needs }: PackageRecord,
  sourcePackage: SourcePackage,
  resolution: Resolution,
): boolean {
  if (options !== resolution.options || old.docs !== sourcePackage.docs) return false;
  // A list of items belongs to one AST, and an AST to one version of a file.
  if (
    old.files.length !== sourcePackage.files.length ||
    old.files.some((items, i) => items !== sourcePackage.files[i])
  )
    return false;
  for (const [name, pkg] of needs) if (resolution.known.get(name)?.package !== pkg) return false;
  return true;
}

/** Returns the packages that a source package mentions; `undefined` if one is missing. */
function currentNeeds(
  sourcePackage: SourcePackage,
  resolution: Resolution,
): Map<string, Package> | undefined {
  const needs = new Map<string, Package>();
  for (const name of foreignPackages(sourcePackage).keys()) {
    const known = resolution.known.get(name);
    if (known === undefined) return undefined;
    needs.set(name, known.package);
  }
  return needs;
}

function pick<T>(from: ReadonlyMap<Interface, T>, interfaces: readonly Interface[]): Map<Interface, T> {
  const picked = new Map<Interface, T>();
  for (const iface of interfaces) {
    const found = from.get(iface);
    if (found !== undefined) picked.set(iface, found);
  }
  return picked;
}

/** Spread arguments would overflow the stack if there are many. */
function append<T>(list: T[], more: readonly T[]): void {
  for (const item of more) list.push(item);
}
