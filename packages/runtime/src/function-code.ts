import type {
  CanonicalOptions,
  CopyValues,
  CoreFunction,
  FlatBinding,
  FlatSpec,
  FuseBinding,
  FuseSpec,
  GuestClass,
  HostFunction,
  LiftBinding,
  LiftFlat,
  LiftSpec,
  LoadValues,
  LowerBinding,
  LowerFlat,
  LowerSpec,
  MoveBinding,
  MoveFlat,
  MoveSpec,
  Prepared,
  PreparedValues,
  ResourceType,
  StoreValues,
  ValuesBinding,
} from '@wit-ts/abi';
import type { TypeDef } from '@wit-ts/model';
import type { PlanOptions } from '@wit-ts/plan';
import type { ChosenEngine } from './choose-engine.ts';
import type { ElementPlace, InstanceCode } from './instance-code.ts';

/**
 * The code of a component's functions under the same limits on values. An engine prepares each function when the
 * first instance needs it; every instance then binds the same code.
 */
export class FunctionCode implements InstanceCode {
  readonly #engine: ChosenEngine;
  readonly #limits: Pick<CanonicalOptions, 'maxBytes' | 'maxLifted'>;
  /** Each specification belongs to one function of a wiring. */
  readonly #prepared = new WeakMap<object, unknown>();

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

  /** The compile engine moves bytes, and ignores the limits; the reference engine makes JavaScript values of them. */
  fuse(spec: FuseSpec): Prepared<FuseBinding, CoreFunction> {
    return this.once(spec, ({ calls }) =>
      calls!.fuse({ ...spec, caller: this.limited(spec.caller), callee: this.limited(spec.callee) }),
    );
  }

  liftFlat(spec: FlatSpec): PreparedValues<FlatBinding, LiftFlat> {
    return this.once(spec, ({ values }) =>
      values!.liftFlat({ ...spec, options: this.limited(spec.options) }),
    );
  }

  lowerFlat(spec: FlatSpec): PreparedValues<FlatBinding, LowerFlat> {
    return this.once(spec, ({ values }) =>
      values!.lowerFlat({ ...spec, options: this.limited(spec.options) }),
    );
  }

  moveFlat(spec: MoveSpec): PreparedValues<MoveBinding, MoveFlat> {
    return this.once(spec, ({ values }) =>
      values!.moveFlat({ ...spec, from: this.limited(spec.from), to: this.limited(spec.to) }),
    );
  }

  load({ type, options, name }: ElementPlace): PreparedValues<ValuesBinding, LoadValues> {
    return this.once(loadKey(options), ({ values }) =>
      values!.load({ type, options: this.limited(options.canonical), name, peer: 'host' }),
    );
  }

  store({ type, options, name }: ElementPlace): PreparedValues<ValuesBinding, StoreValues> {
    return this.once(storeKey(options), ({ values }) =>
      values!.store({ type, options: this.limited(options.canonical), name, peer: 'host' }),
    );
  }

  copy(
    { type, options: from, name }: ElementPlace,
    { options: to }: ElementPlace,
  ): PreparedValues<MoveBinding, CopyValues> {
    return this.once(copyKey(from, to), ({ values }) =>
      values!.copy({ type, name, from: from.canonical, to: to.canonical }),
    );
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

  /** Adds the limits to canonical options: a wiring is the same for all limits. */
  limited(options: CanonicalOptions): CanonicalOptions {
    // Without a prototype, a property of `Object.prototype` limits nothing.
    return Object.assign(Object.create(null) as CanonicalOptions, options, this.#limits) as CanonicalOptions;
  }
}

/** The keys under which a component keeps the code of elements. The options belong to one built-in of the plan. */
const loadKeys = new WeakMap<PlanOptions, object>();
const storeKeys = new WeakMap<PlanOptions, object>();
const copyKeys = new WeakMap<PlanOptions, WeakMap<PlanOptions, object>>();

function loadKey(options: PlanOptions): object {
  return keyIn(loadKeys, options, () => ({}));
}

function storeKey(options: PlanOptions): object {
  return keyIn(storeKeys, options, () => ({}));
}

function copyKey(from: PlanOptions, to: PlanOptions): object {
  return keyIn(
    keyIn(copyKeys, from, () => new WeakMap()),
    to,
    () => ({}),
  );
}

function keyIn<Key extends object, Value>(map: WeakMap<Key, Value>, key: Key, make: () => Value): Value {
  let value = map.get(key);
  if (value === undefined) map.set(key, (value = make()));
  return value;
}
