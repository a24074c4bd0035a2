import type {
  CanonicalOptions,
  CoreFunction,
  HostFunction,
  LiftBinding,
  LiftSpec,
  LowerBinding,
  LowerSpec,
  Prepared,
} from '@wit-ts/abi';
import type { ChosenEngine } from './choose-engine.ts';

/**
 * The code of a component's functions under the same limits on values. An engine prepares each function when the
 * first instance needs it; every instance then binds the same code.
 */
export class FunctionCode {
  readonly #engine: ChosenEngine;
  readonly #limits: Pick<CanonicalOptions, 'maxBytes' | 'maxLifted'>;
  /** Each specification belongs to one function of a wiring. */
  readonly #prepared = new Map<object, unknown>();

  constructor(engine: ChosenEngine, limits: Pick<CanonicalOptions, 'maxBytes' | 'maxLifted'> = {}) {
    this.#engine = engine;
    this.#limits = limits;
  }

  lift(spec: LiftSpec): Prepared<LiftBinding, HostFunction> {
    return this.once(spec, ({ host }) => host.lift({ ...spec, options: this.limited(spec.options) }));
  }

  lower(spec: LowerSpec): Prepared<LowerBinding, CoreFunction> {
    return this.once(spec, ({ host }) => host.lower({ ...spec, options: this.limited(spec.options) }));
  }

  /** Returns what `prepare` made for the first instance that asked for it. */
  once<Made>(spec: object, prepare: (engine: ChosenEngine) => Made): Made {
    let made = this.#prepared.get(spec) as Made | undefined;
    if (made === undefined) this.#prepared.set(spec, (made = prepare(this.#engine)));
    return made;
  }

  /** Adds the limits to canonical options: a wiring is the same for all limits. */
  limited(options: CanonicalOptions): CanonicalOptions {
    // Without a prototype, a property of `Object.prototype` limits nothing.
    return Object.assign(Object.create(null) as CanonicalOptions, options, this.#limits) as CanonicalOptions;
  }
}
