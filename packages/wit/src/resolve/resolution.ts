import { nearest, type Diagnostic, type Related, type SourceFile, type Span } from '@wit-ts/diagnostics';
import type { Interface, Mutable, Package, Type, TypeDef, World } from '@wit-ts/model';
import type { ResolveOptions } from './input.ts';
import type { WitCache } from '../cache.ts';
import type { WitCode } from '../codes.ts';
import { shorten } from '../shorten.ts';
import { AppendOnlySet } from './append-only-set.ts';
import { DefinitionSpans } from './definition-spans.ts';

/** Why something is left out of the contract: its gate is off. */
export interface DisabledFeature {
  readonly feature: string;
  /** Where the gate stands; unknown for packages that were decoded. */
  readonly span?: Span;
}

/** What is known of a package once it is resolved, for those that depend on it. */
export interface KnownPackage {
  readonly package: Package;
  /** Interfaces and worlds that are left out, by name. */
  readonly disabledItems: ReadonlyMap<string, DisabledFeature>;
}

const MAX_COMPARED = 200_000;

/** More places than these are not worth their lines. */
const SHOWN = 8;

/** What all packages of one call of `resolve` share: the contract under construction, findings, options. */
export class Resolution {
  readonly diagnostics: Diagnostic[] = [];
  readonly packages: Package[] = [];
  readonly worlds: World[] = [];
  readonly interfaces: Interface[] = [];
  readonly types: TypeDef[] = [];
  readonly known = new Map<string, KnownPackage>();
  /** Files with syntax errors, in which not everything that is missing is the author's choice. */
  readonly broken = new Set<SourceFile>();
  /** Names of packages that are defined twice, in different ways. */
  readonly ambiguous = new Set<string>();
  /** Names of types of an interface whose definition has errors. */
  readonly brokenTypes = new Map<Interface, Set<string>>();
  /** Names of packages that are still to be resolved. */
  readonly pending = new Set<string>();
  /** Where definitions stand: of packages, worlds, interfaces, types, functions, fields, cases, flags, parameters. */
  readonly spans = new DefinitionSpans();
  /** Types of an interface that are left out, by name. */
  readonly disabledTypes = new Map<Interface, Map<string, DisabledFeature>>();
  /** Resources, and aliases that lead to one. */
  readonly resources = new AppendOnlySet<TypeDef>();
  /** Types that are or contain a `borrow`. */
  readonly borrowing = new AppendOnlySet<Type>();
  readonly #features: ReadonlySet<string>;
  readonly #allFeatures: boolean;
  readonly encodable: boolean;
  readonly cache: WitCache | undefined;
  /** What the options decide, as text: the same for the same outcome. */
  readonly options: string;
  /** Names that stand for nothing, by where they were looked up, with further places that need them. */
  readonly #missing = new Map<object, Map<string, Related[]>>();
  /** How often something was found wrong, told in a diagnostic of its own or in that of another. */
  faults = 0;
  #compared = 0;

  constructor(options: ResolveOptions) {
    this.#features = new Set(options.features);
    this.#allFeatures = options.allFeatures ?? false;
    this.encodable = options.encodable ?? true;
    this.cache = options.cache;
    this.options = JSON.stringify([this.#allFeatures || [...this.#features].sort(), this.encodable]);
  }

  enabled(feature: string): boolean {
    return this.#allFeatures || this.#features.has(feature);
  }

  /** The candidate that was likely meant. */
  suggest(word: string, candidates: Iterable<string>, count: number): string | undefined {
    return this.canSearch(count) ? nearest(word, candidates) : undefined;
  }

  /**
   * Whether looking through so many names for help is still within the budget. Without one, it would take quadratic
   * time where every name of a large package is wrong.
   */
  canSearch(names: number): boolean {
    if (this.#compared >= MAX_COMPARED) return false;
    this.#compared += names;
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
    const { help, related } = more;
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
   * Reports a name that stands for nothing. What is missing once is missing everywhere, so for each `where` that it was
   * looked up in there is one finding, which shows all places.
   */
  reportMissing(
    where: object,
    name: string,
    span: Span,
    describe: () => {
      code: WitCode;
      message: string;
      help?: string | undefined;
      related?: readonly Related[];
    },
  ): void {
    let names = this.#missing.get(where);
    if (names === undefined) this.#missing.set(where, (names = new Map()));
    const mentions = names.get(name);
    if (mentions !== undefined) {
      this.faults += 1;
      if (mentions.length < SHOWN) mentions.push({ message: 'also needed here', span });
      return;
    }
    const { code, message, help, related: known = [] } = describe();
    const related = [...known];
    names.set(name, related);
    const finding = { code, severity: 'error', message, span, related } as const;
    this.report(help === undefined ? finding : { ...finding, help });
  }

  /** Gives better help with what is wrong with a name already, now that it is known what there is. */
  improveHelp(span: Span, help: string): void {
    const at = this.diagnostics.findIndex((diagnostic) => isAt(diagnostic, span));
    if (at >= 0) this.diagnostics[at] = { ...this.diagnostics[at]!, help };
  }

  /** An error of what the text format allows and component types do not. */
  componentError(...finding: Parameters<Resolution['error']>): void {
    if (this.encodable) this.error(...finding);
  }
}

function isAt({ span }: Diagnostic, { file, start }: Span): boolean {
  return span?.file === file && span.start === start;
}

/** `related` for a place that may be unknown. */
export function relatedAt(message: string, span: Span | undefined): Related[] {
  return span === undefined ? [] : [{ message, span }];
}

export type NewTypeDef = Mutable<TypeDef>;
export type NewInterface = Mutable<Interface>;
export type NewWorld = Mutable<World>;
export type NewPackage = Mutable<Package>;
