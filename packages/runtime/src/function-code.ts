import type {
  CanonicalOptions,
  CoreFunction,
  GuestClass,
  HostFunction,
  LiftBinding,
  LiftSpec,
  LowerBinding,
  LowerSpec,
  Prepared,
  ResourceType,
} from '@wit-ts/abi';
import type { TypeDef } from '@wit-ts/model';
import type { ChosenEngine } from './choose-engine.ts';
import type { InstanceCode } from './instance-code.ts';

/** What is added to the canonical options of a function: limits on its values, and how these look. */
export type ValueOptions = Pick<CanonicalOptions, 'maxBytes' | 'maxLifted' | 'mapping'>;

/**
 * The code of a component's functions under the same limits on values. An engine prepares each function when the
 * first instance needs it; every instance then binds the same code. Components with tasks have a `TaskCode`.
 */
export class FunctionCode implements InstanceCode {
  readonly #engine: ChosenEngine;
  readonly #added: ((name: string) => ValueOptions) | undefined;
  /** Each specification belongs to one function of a wiring. */
  readonly #prepared = new WeakMap<object, unknown>();

  /** @param added returns what is added to the options of a function, by its WIT name */
  constructor(engine: ChosenEngine, added?: (name: string) => ValueOptions) {
    this.#engine = engine;
    this.#added = added;
  }

  lift(spec: LiftSpec): Prepared<LiftBinding, HostFunction> {
    return this.once(spec, ({ host }) => host.lift(this.limited(spec)));
  }

  lower(spec: LowerSpec): Prepared<LowerBinding, CoreFunction> {
    return this.once(spec, ({ host }) => host.lower(this.limited(spec)));
  }

  resourceClass(definition: TypeDef, type: ResourceType, name: string): GuestClass {
    return this.#engine.host.resourceClass(definition, type, name);
  }

  /** Returns what `prepare` made for the first instance that asked for it. */
  once<Made>(spec: object, prepare: (engine: ChosenEngine) => Made): Made {
    let made = this.#prepared.get(spec) as Made | undefined;
    if (made === undefined) this.#prepared.set(spec, (made = prepare(this.#engine)));
    return made;
  }

  /** Returns a specification with what is added to its options: a wiring is the same for all limits. */
  limited<Spec extends { readonly options: CanonicalOptions; readonly name: string }>(spec: Spec): Spec {
    return { ...spec, options: this.options(spec.options, spec.name) };
  }

  /** Returns the options of a function with what is added to them. */
  options(options: CanonicalOptions, name: string): CanonicalOptions {
    // Without a prototype, a property of `Object.prototype` limits nothing.
    return Object.assign(
      Object.create(null) as CanonicalOptions,
      options,
      this.#added?.(name),
    ) as CanonicalOptions;
  }
}
