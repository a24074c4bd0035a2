import type {
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
import type { Type, TypeDef } from '@wit-ts/model';
import type { PlanOptions } from '@wit-ts/plan';

/** What remains to be done for an instance. */
type Bindable<Binding, Result> = Pick<Prepared<Binding, Result>, 'bind'>;

/** The memory that elements of a stream or future are in, as a built-in of the plan names it. */
export interface ElementPlace {
  readonly type: Type;
  /** They belong to one built-in of the plan. */
  readonly options: PlanOptions;
  /** The name of the built-in in messages. */
  readonly name: string;
}

/**
 * The code of a component's functions, which all its instances share. Each specification is an object of the wiring,
 * and each `PlanOptions` one of the plan: the code is found by them.
 */
export interface InstanceCode {
  lift(spec: LiftSpec): Bindable<LiftBinding, HostFunction>;
  lower(spec: LowerSpec): Bindable<LowerBinding, CoreFunction>;
  /** Absent if the calls have code of their own, which `makeCall` asks for. */
  readonly fuse?: (spec: FuseSpec) => Bindable<FuseBinding, CoreFunction>;
  resourceClass(definition: TypeDef, type: ResourceType, name: string): GuestClass;
}

/** The code of a component with tasks, whose values also pass outside of the functions that an engine makes. */
export interface TaskInstanceCode extends InstanceCode {
  liftFlat(spec: FlatSpec): PreparedValues<FlatBinding, LiftFlat>;
  lowerFlat(spec: FlatSpec): PreparedValues<FlatBinding, LowerFlat>;
  moveFlat(spec: MoveSpec): PreparedValues<MoveBinding, MoveFlat>;
  load(place: ElementPlace): PreparedValues<ValuesBinding, LoadValues>;
  store(place: ElementPlace): PreparedValues<ValuesBinding, StoreValues>;
  copy(from: ElementPlace, to: ElementPlace): PreparedValues<MoveBinding, CopyValues>;
}
