import { type MappingChoices, type ResultKind, thrownResult } from '@wit-ts/mapping';
import type { Type, TypeDef } from '@wit-ts/model';
import { type AddressType, unalias, resolveResource, resourcesOf } from '@wit-ts/model/layout';
import type { CanonicalOptions, Peer } from '../engine.ts';
import type { TypeTable } from '../helpers/describe.ts';
import type * as helpers from '../helpers/index.ts';
import { unsupportedType } from '../layout/unsupported-type.ts';
import type { EmittedFactory } from './emitted-factory.ts';
import { Code } from './source-text.ts';

/** The statement that marks all entered instances as no longer running. */
export const LEAVE_ALL = 'for (let i = 0; i < instances.length; i++) instances[i].mayEnter = true;';

export type HelperName = keyof typeof helpers;

/** The source of a factory while it is being written: the functions and constants that its code shares. */
export class FactorySource {
  readonly options: CanonicalOptions;
  readonly address: AddressType;
  /** True when values come from an engine and need no checks. */
  readonly trusted: boolean;
  readonly mapping: MappingChoices | undefined;
  readonly helpers = new Set<HelperName>();
  /** The resource types that the types mention, in the order in which they are bound. */
  readonly resources: readonly TypeDef[];
  readonly #resourceIndex: ReadonlyMap<TypeDef, number>;
  readonly #declarations = new Code();
  readonly #constants = new Map<string, string>();
  readonly #functions = new Map<string, Map<TypeDef, string>>();
  #names = 0;
  /** True when lowered handles are recorded in `moved`, so that a failure can take them back. */
  moves = false;
  /** True when own handles are given away, so that an object may not be lent in the same call. */
  givesAway = false;
  /** The members that `binding` must have for the code to work. */
  usesMemory = false;
  usesRealloc = false;
  /** True when the functions that allocate are members of the binding: several factories share them. */
  readonly #sharesAllocation: boolean;
  readonly #bound = new Set<string>();

  constructor(
    options: CanonicalOptions,
    peer: Peer | undefined,
    types: readonly Type[],
    sharing: { readonly sharesAllocation?: boolean } = {},
  ) {
    // Not what all objects inherit.
    this.#sharesAllocation = Object.hasOwn(sharing, 'sharesAllocation') && sharing.sharesAllocation === true;
    this.options = options;
    this.address = options.memory ?? 'i32';
    this.trusted = peer === 'component';
    this.mapping = this.trusted ? undefined : options.mapping;
    this.resources = resourcesOf(types);
    this.#resourceIndex = new Map(this.resources.map((resource, index) => [resource, index]));
  }

  /** Returns a name for a local that no other local of the factory has. */
  name(hint: string): string {
    this.#names += 1;
    return `${hint}_${this.#names}`;
  }

  /** Writes a constant that is local to `code`, and returns its name. */
  local(code: Code, expression: string, hint = 'v', keyword = 'const'): string {
    const name = this.name(hint);
    code.line(`${keyword} ${name} = ${expression};`);
    return name;
  }

  /** Writes the code that refuses the host's value under a condition, unless the value comes from an engine. */
  badIf(code: Code, condition: string, value = ''): void {
    if (!this.trusted) code.line(`if (${condition}) ${this.use('bad')}(${value});`);
  }

  /** Records that the code uses a helper, and returns its name. */
  use(helper: HelperName): string {
    this.helpers.add(helper);
    return helper;
  }

  /** Returns the name under which a resource type is bound. */
  resource(type: TypeDef): string {
    return `rt${this.#resourceIndex.get(resolveResource(type))!}`;
  }

  resourceIndex(type: TypeDef): number {
    return this.#resourceIndex.get(resolveResource(type))!;
  }

  /**
   * Returns the name under which the codec of a stream, a future or an error context is bound. @throws TypeError when
   * the code cannot pass such values
   */
  // oxlint-disable-next-line class-methods-use-this
  waitable(_type: Type): string {
    throw unsupportedType();
  }

  /** Returns the name of a constant. The same text gives the same constant. */
  constant(hint: string, text: string): string {
    let name = this.#constants.get(text);
    if (name === undefined) {
      name = this.name(hint);
      this.#constants.set(text, name);
      this.#declarations.line(`const ${name} = ${text};`);
    }
    return name;
  }

  /**
   * Returns the name of the factory's function for a type. The first call for a role and a type writes the function.
   */
  typeFunction(role: string, type: Type, write: (name: string) => Code): string {
    // The code of a primitive is too short for a function.
    const resolved = unalias(type) as TypeDef;
    let known = this.#functions.get(role);
    if (known === undefined) this.#functions.set(role, (known = new Map()));
    let name = known.get(resolved);
    if (name === undefined) {
      name = this.name(role);
      known.set(resolved, name);
      this.#declarations.add(write(name));
    }
    return name;
  }

  /** Returns the name of a function that the factory needs once, whatever the type. */
  sharedFunction(name: string, write: (code: Code) => void): string {
    if (!this.#constants.has(name)) {
      this.#constants.set(name, name);
      const code = new Code();
      write(code);
      this.#declarations.add(code);
    }
    return name;
  }

  /** Returns the name of a function that allocates memory: one of the binding, or of the factory itself. */
  allocating(name: 'alloc' | 'lowerString', write: (code: Code) => void): string {
    if (!this.#sharesAllocation) return this.sharedFunction(name, write);
    this.#bound.add(name);
    // The length of a lowered string is left there.
    if (name === 'lowerString') this.usesMemory = true;
    return name;
  }

  /** Returns the `result` type whose `err` is thrown: the function's result type, if the peer is a host that throws. */
  thrown(result: Type | undefined): ResultKind | undefined {
    return this.trusted ? undefined : thrownResult(result, this.mapping);
  }

  /**
   * Builds the factory around a function.
   *
   * @param own declarations from the function's own binding; those of `state` come after the common ones
   */
  emitted(
    body: Code,
    own: readonly string[],
    state: readonly string[],
    types: EmittedFactory['types'],
  ): EmittedFactory {
    const declared = [...own];
    if (this.usesMemory) declared.push(`m = ${this.use('viewsOf')}(binding.memory)`);
    if (this.usesRealloc) declared.push('realloc = binding.realloc');
    for (const name of this.#bound) declared.push(`${name} = binding.${name}`);
    declared.push(...state);
    if (this.moves) declared.push(`moved = new ${this.use('Moved')}()`);
    declared.push(...this.resources.map((_, index) => `rt${index} = binding.resources[${index}]`));
    const code = new Code();
    code.block('(binding) =>', () => {
      code.line(`const ${declared.join(', ')};`);
      code.add(this.#declarations);
      code.add(body);
    });
    let table: TypeTable | undefined;
    return {
      helpers: [...this.helpers],
      source: code.toString(),
      types: () => (table ??= types()),
      resources: this.resources,
    };
  }

  get declarations(): Code {
    return this.#declarations;
  }
}
