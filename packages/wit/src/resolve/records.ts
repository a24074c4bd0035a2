import {
  packageNameText,
  type Interface,
  type Package,
  type Type,
  type TypeDef,
  type World,
} from '@wit-ts/model';
import { foreignPackages } from './package-order.ts';
import type { KnownPackage, Off, Session } from './session.ts';
import type { PackageSpans } from './spans.ts';
import type { PackageState } from './state.ts';
import type { Unit } from './units.ts';

/** What resolving a package without mistakes left behind, and what it depended on. */
interface PackageRecord {
  readonly unit: Unit;
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
  readonly offTypes: ReadonlyMap<Interface, Map<string, Off>>;
  readonly brokenTypes: ReadonlyMap<Interface, Set<string>>;
}

/** Packages as they were resolved last, by name. Of packages with mistakes nothing is kept: they are few. */
export class PackageRecords {
  readonly #records = new Map<string, PackageRecord>();

  /** Adds a package to the contract as it was, unless something changed. Returns whether it could. */
  reuse(unit: Unit, session: Session): boolean {
    const record = this.#records.get(packageNameText(unit.name));
    if (record === undefined || !isCurrent(record, unit, session)) return false;
    append(session.types, record.types);
    append(session.interfaces, record.interfaces);
    append(session.worlds, record.worlds);
    session.packages.push(record.known.package);
    for (const type of record.resources) session.resources.add(type);
    for (const type of record.borrowing) session.borrowing.add(type);
    for (const [iface, types] of record.offTypes) session.offTypes.set(iface, types);
    for (const [iface, types] of record.brokenTypes) session.brokenTypes.set(iface, types);
    session.spans.add(record.spans);
    session.known.set(packageNameText(unit.name), record.known);
    return true;
  }

  /** Keeps what `resolvePackage` adds to the contract, where it finds nothing wrong. */
  keep(unit: Unit, session: Session, resolvePackage: () => PackageState): void {
    const { faults, types, interfaces, worlds, resources, borrowing } = session;
    const before = [faults, types.length, interfaces.length, worlds.length] as const;
    const marked = [resources.size, borrowing.size] as const;
    const spans = session.spans.begin();
    const needs = currentNeeds(unit, session);
    const state = resolvePackage();
    const name = packageNameText(unit.name);
    const known = session.known.get(name);
    if (session.faults > before[0] || known === undefined || needs === undefined) {
      this.#records.delete(name);
      return;
    }
    const targets = [...state.items.values()].flatMap((item) =>
      item.tag === 'interface' ? [item.target as Interface] : [],
    );
    this.#records.set(name, {
      unit,
      options: session.options,
      needs,
      known,
      types: types.slice(before[1]),
      interfaces: interfaces.slice(before[2]),
      worlds: worlds.slice(before[3]),
      resources: resources.since(marked[0]),
      borrowing: borrowing.since(marked[1]),
      spans,
      offTypes: pick(session.offTypes, targets),
      brokenTypes: pick(session.brokenTypes, targets),
    });
  }
}

function isCurrent({ unit: old, options, needs }: PackageRecord, unit: Unit, session: Session): boolean {
  if (options !== session.options || old.docs !== unit.docs) return false;
  // Lists of items belong to one AST, and that to one version of a file.
  if (old.files.length !== unit.files.length || old.files.some((items, i) => items !== unit.files[i]))
    return false;
  for (const [name, pkg] of needs) if (session.known.get(name)?.package !== pkg) return false;
  return true;
}

/** The packages that a unit mentions; `undefined` where one is missing. */
function currentNeeds(unit: Unit, session: Session): Map<string, Package> | undefined {
  const needs = new Map<string, Package>();
  for (const name of foreignPackages(unit).keys()) {
    const known = session.known.get(name);
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

/** Spread arguments would overflow the stack where there are many. */
function append<T>(list: T[], more: readonly T[]): void {
  for (const item of more) list.push(item);
}
