import type {
  CopyValues,
  FlatBinding,
  FlatSpec,
  LiftFlat,
  LoadValues,
  LowerFlat,
  MoveBinding,
  MoveFlat,
  MoveSpec,
  PreparedValues,
  StoreValues,
  ValuesBinding,
} from '@wit-ts/abi';
import type { PlanOptions } from '@wit-ts/plan';
import { FunctionCode } from '../function-code.ts';
import type { ElementPlace, TaskInstanceCode } from '../instance-code.ts';

/** The code of the functions of a component with tasks. */
export class TaskCode extends FunctionCode implements TaskInstanceCode {
  liftFlat(spec: FlatSpec): PreparedValues<FlatBinding, LiftFlat> {
    return this.once(spec, ({ values }) => values!.liftFlat(this.limited(spec)));
  }

  lowerFlat(spec: FlatSpec): PreparedValues<FlatBinding, LowerFlat> {
    return this.once(spec, ({ values }) => values!.lowerFlat(this.limited(spec)));
  }

  moveFlat(spec: MoveSpec): PreparedValues<MoveBinding, MoveFlat> {
    return this.once(spec, ({ values }) =>
      values!.moveFlat({
        ...spec,
        from: this.options(spec.from, spec.name),
        to: this.options(spec.to, spec.name),
      }),
    );
  }

  load({ type, options, name }: ElementPlace): PreparedValues<ValuesBinding, LoadValues> {
    return this.once(loadKey(options), ({ values }) =>
      values!.load(this.limited({ type, options: options.canonical, name, peer: 'host' })),
    );
  }

  store({ type, options, name }: ElementPlace): PreparedValues<ValuesBinding, StoreValues> {
    return this.once(storeKey(options), ({ values }) =>
      values!.store(this.limited({ type, options: options.canonical, name, peer: 'host' })),
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
