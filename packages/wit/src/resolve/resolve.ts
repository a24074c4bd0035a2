import { hasErrors, WitError, type Outcome, type Span } from '@wit-ts/diagnostics';
import { packageNameText, type Package, type Resolve } from '@wit-ts/model';
import { collectPackage } from './collect.ts';
import { addDecoded } from './decoded.ts';
import { finishPackage } from './finish.ts';
import { toSources, type ResolveInput, type ResolveOptions } from './input.ts';
import { resolveInterface } from './interface.ts';
import { orderPackages } from './package-order.ts';
import { Session } from './session.ts';
import type { PackageState } from './state.ts';
import { collectUnits, type Unit } from './units.ts';
import { resolveWorld } from './world.ts';

/** A contract, and where it comes from. */
export interface Resolved {
  readonly resolve: Resolve;
  /** The main package; `undefined` where there are no files. */
  readonly package: Package | undefined;
  /**
   * Where a part of the contract is defined: a package, world, interface, type, function, parameter, field, case or
   * flag. `undefined` for what has no text: handles that the language adds, and packages that were decoded.
   */
  readonly spanOf: (part: object) => Span | undefined;
}

/**
 * Resolves WIT packages into one contract (`WIT.md`, from "WIT Interfaces" on): names are looked up, worlds take in what
 * they include and list what they need, items whose feature is off are left out.
 *
 * Reads no files: `input` holds the texts of the main package and of its dependencies. All findings are reported, and
 * the contract is as complete as they allow; where one of them is an error, it must not be relied on. Never throws.
 *
 * The arrays of the contract are in the order of the reference implementation, so that `toJson` gives its JSON.
 */
export function resolve(input: ResolveInput, options: ResolveOptions = {}): Outcome<Resolved> {
  const session = new Session(options);
  const sources = toSources(input);
  for (const decoded of sources.decoded) addDecoded(decoded, session);
  const { all, main } = collectUnits(sources, session);
  const order = orderPackages(all, session);
  for (const { name } of order) session.pending.add(packageNameText(name));
  for (const unit of order) resolvePackage(unit, session);
  const { packages, worlds, interfaces, types } = session;
  return {
    value: {
      resolve: { packages, worlds, interfaces, types },
      package: main === undefined ? undefined : session.known.get(packageNameText(main.name))?.package,
      spanOf: (part) => session.spans.get(part),
    },
    diagnostics: session.diagnostics,
  };
}

/** Like `resolve`, but throws a `WitError` with every diagnostic where one is an error. */
export function resolveOrThrow(input: ResolveInput, options: ResolveOptions = {}): Resolved {
  const { value, diagnostics } = resolve(input, options);
  if (hasErrors(diagnostics)) throw new WitError(diagnostics);
  return value;
}

function resolvePackage(unit: Unit, session: Session): void {
  const records = session.cache?.records;
  if (records?.reuse(unit, session) !== true) {
    if (records === undefined) resolveUnit(unit, session);
    else records.keep(unit, session, () => resolveUnit(unit, session));
  }
  session.pending.delete(packageNameText(unit.name));
}

function resolveUnit(unit: Unit, session: Session): PackageState {
  const state = collectPackage(unit, session);
  const items = state.order.map((name) => state.items.get(name)!);
  for (const item of items) if (item.tag === 'interface') resolveInterface(state, item);
  for (const item of items) if (item.tag === 'world') resolveWorld(state, item);
  finishPackage(state);
  return state;
}
