import {
  Code,
  emitAllocation,
  emitCopyValues,
  emitCopyWithin,
  emitFuse,
  emitLift,
  emitLiftFlat,
  emitLoad,
  emitLower,
  emitLowerFlat,
  emitLowerString,
  emitMoveFlat,
  emitMoveWithin,
  type EmittedFactory,
  emitResourceClass,
  emitStore,
  passedOnTable,
  TableTexts,
  viewsText,
} from '@wit-ts/abi/compile';
import {
  type CanonicalOptions,
  type CopySpec,
  type FlatSpec,
  type FuncType,
  type FuseSpec,
  type LiftSpec,
  type LowerSpec,
  mentionedTypes,
  type MoveSpec,
  resourcesOf,
  type ValuesSpec,
  waitablesOf,
} from '@wit-ts/abi';
import { choicesFor, type MappingChoices } from '@wit-ts/mapping';
import type { Type, TypeDef } from '@wit-ts/model';
import type { LimitedModules } from '../limited-modules.ts';

/** A factory in the text of a module. */
export interface PrintedFactory {
  readonly name: string;
  /** The members of its binding that the factory reads. */
  uses(member: string): boolean;
}

/** Code that passes values outside of the functions of an engine. */
export interface PrintedValues {
  /** The expression of a function that takes a binding. */
  readonly bind: string;
  readonly resources: readonly TypeDef[];
  readonly waitables: readonly Type[];
}

/**
 * The functions that the code of all instances shares: the very text that the runtime would evaluate, each once, and
 * the names of the support that it uses.
 */
export class PrintedFunctions {
  readonly code: Code = new Code();
  /** What the functions share. It is written when all of them are known. */
  readonly #shared: Code = this.code.place();
  readonly #support = new Set<string>();
  readonly #sources: string[] = [];
  readonly #known = new Map<string, PrintedFactory>();
  readonly #counts = new Map<string, number>();
  readonly #tables = new TableTexts((helper) => this.use(helper));
  /** Whether instances bind the functions that allocate once for all functions with the same options. */
  readonly sharesAllocation: boolean;

  /** The limits on values. */
  readonly #limits: LimitedModules['values'];
  readonly #mapping: MappingChoices | undefined;

  constructor(
    sharesAllocation: boolean,
    {
      limits,
      mapping,
    }: { readonly limits?: LimitedModules['values']; readonly mapping?: MappingChoices | undefined } = {},
  ) {
    this.sharesAllocation = sharesAllocation;
    this.#limits = limits;
    this.#mapping = mapping;
  }

  /** The names that the text imports from the support. */
  get support(): readonly string[] {
    return [...this.#support].sort();
  }

  /** Records that the text uses a name of the support, and returns it. */
  use(name: string): string {
    this.#support.add(name);
    return name;
  }

  /**
   * Declares what reads host values, and the views of memories that the functions use. Everything else must be printed
   * before.
   */
  declareShared(): void {
    this.#shared.line(`const readers = ${this.#tables.readers};`);
    const views = this.sharesAllocation ? viewsText(this.#sources) : undefined;
    if (views === undefined || !this.#support.delete('viewsOf')) return;
    this.#shared.line(`const viewsOf = ${this.use('viewsBy')}(${views});`);
  }

  /** Returns a specification with what is added to the options of a function: a wiring is the same for all of it. */
  #added<Spec extends { readonly options: CanonicalOptions; readonly name: string }>(spec: Spec): Spec {
    return { ...spec, options: this.#addedTo(spec.options, spec.name) };
  }

  #addedTo(options: CanonicalOptions, name: string): CanonicalOptions {
    const mapping = choicesFor(name, this.#mapping);
    return { ...options, ...this.#limits, ...(mapping && { mapping }) };
  }

  lift(spec: LiftSpec, entering: 'own' | 'set'): PrintedFactory {
    return this.#factory(
      'lift',
      emitLift(this.#added(spec), { entering, sharesAllocation: this.sharesAllocation }),
    );
  }

  lower(spec: LowerSpec): PrintedFactory {
    return this.#factory('lower', emitLower(this.#added(spec), { sharesAllocation: this.sharesAllocation }));
  }

  allocation(options: CanonicalOptions): PrintedFactory {
    return this.#factory('allocation', emitAllocation(options));
  }

  lowerString(options: CanonicalOptions): PrintedFactory {
    return this.#factory('lowerString', emitLowerString(options));
  }

  fuse(spec: FuseSpec, entering: 'callee' | 'set'): PrintedFactory {
    return this.#factory('fuse', emitFuse(spec, { entering }));
  }

  liftFlat(spec: FlatSpec): PrintedValues {
    return this.#values(
      mentionedTypes(spec),
      this.#factory('liftFlat', emitLiftFlat(this.#added(spec))).name,
    );
  }

  lowerFlat(spec: FlatSpec): PrintedValues {
    return this.#values(
      mentionedTypes(spec),
      this.#factory('lowerFlat', emitLowerFlat(this.#added(spec))).name,
    );
  }

  load(spec: ValuesSpec): PrintedValues {
    return this.#values([spec.type], this.#factory('load', emitLoad(this.#added(spec))).name);
  }

  store(spec: ValuesSpec): PrintedValues {
    return this.#values([spec.type], this.#factory('store', emitStore(this.#added(spec))).name);
  }

  moveFlat(given: MoveSpec): PrintedValues {
    const { from, to, name } = given;
    const spec = { ...given, from: this.#addedTo(from, name), to: this.#addedTo(to, name) };
    const between = this.#factory('moveFlat', emitMoveFlat(spec)).name;
    const { lift, lower } = emitMoveWithin(spec);
    const halves = [this.#factory('liftFlat', lift), this.#factory('lowerFlat', lower)];
    return this.#passing(mentionedTypes(spec), between, 'moveThrough', halves);
  }

  copy(spec: CopySpec): PrintedValues {
    const between = this.#factory('copy', emitCopyValues(spec)).name;
    const within = emitCopyWithin(spec);
    if (typeof within !== 'number') {
      const halves = [this.#factory('load', within.load), this.#factory('store', within.store)];
      return this.#passing([spec.type], between, 'copyThrough', halves);
    }
    const bytes = `${this.use('copyBytesWithin')}(${within})`;
    return this.#values([spec.type], `${this.use('passing')}(${between}, ${bytes})`);
  }

  #passing(
    types: readonly Type[],
    between: string,
    within: string,
    halves: readonly PrintedFactory[],
  ): PrintedValues {
    const inside = `${this.use(within)}(${halves.map(({ name }) => name).join(', ')})`;
    return this.#values(types, `${this.use('passing')}(${between}, ${inside})`);
  }

  // oxlint-disable-next-line class-methods-use-this -- the others add to the text
  #values(types: readonly Type[], bind: string): PrintedValues {
    return { bind, resources: resourcesOf(types), waitables: waitablesOf(types) };
  }

  resourceClass(name: string): PrintedFactory {
    return this.#factory('resourceClass', emitResourceClass(name));
  }

  /** Returns the name of the types of a function that is passed on. */
  passedOn(type: FuncType, name: string): string {
    return this.#constant(
      'passedOn',
      this.#tables.print(passedOnTable(type, choicesFor(name, this.#mapping))),
    );
  }

  #factory(role: string, emitted: EmittedFactory): PrintedFactory {
    for (const helper of emitted.helpers) this.use(helper);
    const { source } = emitted;
    this.#sources.push(source);
    // Names of a component are only in string literals of the source, so at worst a table is printed that nobody reads.
    const text = source.includes('types()')
      ? `((types) => ${source})(() => (${this.#tables.print(emitted.types())}))`
      : source;
    let known = this.#known.get(text);
    if (known === undefined) {
      known = { name: this.#declare(role, text), uses: (member) => source.includes(`binding.${member}`) };
      this.#known.set(text, known);
    }
    return known;
  }

  #constant(role: string, text: string): string {
    let known = this.#known.get(text);
    if (known === undefined)
      this.#known.set(text, (known = { name: this.#declare(role, text), uses: () => false }));
    return known.name;
  }

  #declare(role: string, text: string): string {
    const count = this.#counts.get(role) ?? 0;
    this.#counts.set(role, count + 1);
    const name = `${role}${count}`;
    this.code.line(`const ${name} = ${text};`);
    return name;
  }
}
