import type { Outcome, Span } from '@wit-ts/diagnostics';
import { packageNameText, type Package, type Resolve } from '@wit-ts/model';
import type { SyntaxReader } from '../syntax-reader.ts';
import { collectPackage } from './collect-package.ts';
import { addDecoded } from './add-decoded.ts';
import { finishPackage } from './finish-package.ts';
import { toSources, type ResolveInput, type ResolveOptions } from './input.ts';
import { resolveInterface } from './interface.ts';
import { orderPackages } from './package-order.ts';
import { Resolution } from './resolution.ts';
import type { PackageDraft } from './package-draft.ts';
import { collectSourcePackages, type SourcePackage } from './source-packages.ts';
import { resolveWorld } from './world.ts';

/** A contract with the positions of its parts in the text. */
export interface Resolved {
  readonly resolve: Resolve;
  /** The main package; `undefined` if there are no files. */
  readonly package: Package | undefined;
  /**
   * Returns where a part of the contract is defined: a package, world, interface, type, function, parameter, field,
   * case or flag. Returns `undefined` for parts without a text: handles that the language adds, and decoded packages.
   */
  readonly spanOf: (part: object) => Span | undefined;
}

/** Resolves like `resolve`, with a reader of syntax that may refuse a text. */
export function resolveWith(
  reader: SyntaxReader,
  input: ResolveInput,
  options: ResolveOptions,
): Outcome<Resolved> {
  const resolution = new Resolution(options, reader);
  const sources = toSources(input);
  for (const decoded of sources.decoded) addDecoded(decoded, resolution);
  const { all, main } = collectSourcePackages(sources, resolution);
  const order = orderPackages(all, resolution);
  for (const { name } of order) resolution.pending.add(packageNameText(name));
  for (const sourcePackage of order) resolvePackage(sourcePackage, resolution);
  const { packages, worlds, interfaces, types } = resolution;
  return {
    value: {
      resolve: { packages, worlds, interfaces, types },
      package: main === undefined ? undefined : resolution.known.get(packageNameText(main.name))?.package,
      spanOf: (part) => resolution.spans.get(part),
    },
    diagnostics: resolution.diagnostics,
  };
}

function resolvePackage(sourcePackage: SourcePackage, resolution: Resolution): void {
  const records = resolution.cache?.records;
  if (records?.reuse(sourcePackage, resolution) !== true) {
    if (records === undefined) resolveUnit(sourcePackage, resolution);
    else records.keep(sourcePackage, resolution, () => resolveUnit(sourcePackage, resolution));
  }
  resolution.pending.delete(packageNameText(sourcePackage.name));
}

function resolveUnit(sourcePackage: SourcePackage, resolution: Resolution): PackageDraft {
  const draft = collectPackage(sourcePackage, resolution);
  const items = draft.order.map((name) => draft.items.get(name)!);
  for (const item of items) if (item.tag === 'interface') resolveInterface(draft, item);
  for (const item of items) if (item.tag === 'world') resolveWorld(draft, item);
  finishPackage(draft);
  return draft;
}
