import { withoutPrototype } from '@wit-ts/model';
import { nearest, type Diagnostic, type Related, type SourceFile, type Span } from '@wit-ts/diagnostics';
import type { Interface, Mutable, Package, Type, TypeDef, World } from '@wit-ts/model';
import type { ResolveOptions } from './input.ts';
import type { WitCache } from '../cache.ts';
import type { WitCode } from '../codes.ts';
import type { SyntaxReader } from '../syntax-reader.ts';
import { shorten } from '../shorten.ts';
import { AppendOnlySet } from './append-only-set.ts';
import { DefinitionSpans } from './definition-spans.ts';

/** The feature that gates an item and is disabled, so that the item is left out of the contract. */
export interface DisabledFeature {
  readonly feature: string;
  /** The position of the gate; unknown for decoded packages. */
  readonly span?: Span;
}

/** A resolved package, as later packages see it. */
export interface KnownPackage {
  readonly package: Package;
  /** Interfaces and worlds that are left out, by name. */
  readonly disabledItems: ReadonlyMap<string, DisabledFeature>;
}

/** The budget for comparing names with unknown ones, in names. */
const MAX_COMPARED = 200_000;

/** The greatest number of further positions that a diagnostic shows. */
const MAX_RELATED = 8;

/**
 * The most parts that worlds receive from others: what they include, and the imports that they imply. The decoder of
 * components has the same limit. A text of `n` lines can ask for `n²` of them.
 */
const MAX_RECEIVED = 500_000;

/**
 * The state that all packages of one call of `resolve` share: the contract under construction, the diagnostics and the
 * options.
 */
export class Resolution {
  readonly diagnostics: Diagnostic[] = [];
  readonly packages: Package[] = [];
  readonly worlds: World[] = [];
  readonly interfaces: Interface[] = [];
  readonly types: TypeDef[] = [];
  readonly known = new Map<string, KnownPackage>();
  /** Files with syntax errors, in which missing items may be the consequence of an error. */
  readonly broken = new Set<SourceFile>();
  /** Names of packages with two different definitions. */
  readonly ambiguous = new Set<string>();
  /** The names of types of an interface whose definitions have errors. */
  readonly brokenTypes = new Map<Interface, Set<string>>();
  /** Names of packages that are not resolved yet. */
  readonly pending = new Set<string>();
  /**
   * The positions of definitions: packages, worlds, interfaces, types, functions, fields, cases, flags and parameters.
   */
  readonly spans = new DefinitionSpans();
  /** The types of an interface that are left out, by name. */
  readonly disabledTypes = new Map<Interface, Map<string, DisabledFeature>>();
  /** Resources, and aliases of resources. */
  readonly resources = new AppendOnlySet<TypeDef>();
  /** Types that are or contain a `borrow`. */
  readonly borrowing = new AppendOnlySet<Type>();
  readonly #features: ReadonlySet<string>;
  readonly #allFeatures: boolean;
  readonly encodable: boolean;
  readonly cache: WitCache | undefined;
  readonly reader: SyntaxReader;
  readonly referenceDocs: boolean;
  /** The options as text, which is the same for options with the same effect. */
  readonly options: string;
  /** Names that do not exist, by the scope in which they were looked up, with further positions that need them. */
  readonly #missing = new Map<object, Map<string, Related[]>>();
  /** The number of problems found, whether they have their own diagnostic or are a part of another one. */
  faults = 0;
  #compared = 0;
  #received = 0;

  constructor(options: ResolveOptions, reader: SyntaxReader) {
    this.reader = reader;
    const { features, allFeatures, encodable, cache, referenceDocs } = withoutPrototype(options);
    this.#features = new Set(features);
    this.#allFeatures = allFeatures ?? false;
    this.encodable = encodable ?? true;
    this.cache = cache;
    this.referenceDocs = referenceDocs ?? false;
    this.options = JSON.stringify([this.#allFeatures || [...this.#features].sort(), this.encodable]);
  }

  enabled(feature: string): boolean {
    return this.#allFeatures || this.#features.has(feature);
  }

  /** Suggests the candidate that the author probably meant. */
  suggest(word: string, candidates: Iterable<string>, count: number): string | undefined {
    return this.canSearch(count) ? nearest(word, candidates) : undefined;
  }

  /**
   * Whether a search through so many names is still within the budget. Without a budget, a large package in which
   * every name is wrong would take quadratic time.
   */
  canSearch(names: number): boolean {
    if (this.#compared >= MAX_COMPARED) return false;
    this.#compared += names;
    return true;
  }

  /** Counts parts that a world receives from others. Returns whether there are too many, which is reported once. */
  receive(parts: number, site: Span | undefined): boolean {
    const before = this.#received;
    this.#received += parts;
    if (this.#received <= MAX_RECEIVED) return false;
    if (before <= MAX_RECEIVED) {
      this.error('too-many-parts', site, `the worlds have more than ${MAX_RECEIVED} parts of other worlds`, {
        help: 'include fewer worlds, or divide the package',
      });
    }
    return true;
  }

  report(diagnostic: Diagnostic): void {
    this.faults += 1;
    this.diagnostics.push(shorten(diagnostic));
  }

  error(
    code: WitCode,
    span: Span | undefined,
    message: string,
    more: { help?: string | undefined; related?: readonly Related[] } = {},
  ): void {
    const { help } = more;
    const related = more.related && fewRelated(more.related);
    this.report({
      code,
      severity: 'error',
      message,
      ...(span === undefined ? {} : { span }),
      ...(related === undefined || related.length === 0 ? {} : { related }),
      ...(help === undefined ? {} : { help }),
    });
  }

  /**
   * Reports a name that does not exist. Each name is reported once for each `scope` in which it is looked up, and the
   * diagnostic shows the other positions that need it.
   */
  reportMissing(
    scope: object,
    name: string,
    span: Span,
    describe: () => {
      code: WitCode;
      message: string;
      help?: string | undefined;
      related?: readonly Related[];
    },
  ): void {
    let names = this.#missing.get(scope);
    if (names === undefined) this.#missing.set(scope, (names = new Map()));
    const mentions = names.get(name);
    if (mentions !== undefined) {
      this.faults += 1;
      if (mentions.length < MAX_RELATED) mentions.push({ message: 'also needed here', span });
      return;
    }
    const { code, message, help, related: known = [] } = describe();
    const related = [...known];
    names.set(name, related);
    const finding = { code, severity: 'error', message, span, related } as const;
    this.report(help === undefined ? finding : { ...finding, help });
  }

  /** Replaces the help of a diagnostic that is already reported, when more is known about the name. */
  improveHelp(span: Span, help: string): void {
    const at = this.diagnostics.findIndex((diagnostic) => isAt(diagnostic, span));
    if (at >= 0) this.diagnostics[at] = { ...this.diagnostics[at]!, help };
  }

  /** Reports WIT that the text format allows and component types do not. */
  componentError(...finding: Parameters<Resolution['error']>): void {
    if (this.encodable) this.error(...finding);
  }
}

function isAt({ span }: Diagnostic, { file, start }: Span): boolean {
  return span?.file === file && span.start === start;
}

/** A cycle may have a hundred thousand members. Returns the first ones and the last. */
function fewRelated(related: readonly Related[]): readonly Related[] {
  const last = related.at(-1);
  if (related.length <= MAX_RELATED || last === undefined) return related;
  const shown = related.slice(0, MAX_RELATED - 1);
  return [...shown, { ...last, message: `after ${related.length - MAX_RELATED} more: ${last.message}` }];
}

/** Returns `related` for a position that may be unknown. */
export function relatedAt(message: string, span: Span | undefined): Related[] {
  return span === undefined ? [] : [{ message, span }];
}

export type NewTypeDef = Mutable<TypeDef>;
export type NewInterface = Mutable<Interface>;
export type NewWorld = Mutable<World>;
export type NewPackage = Mutable<Package>;
