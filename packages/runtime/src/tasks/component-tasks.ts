import {
  type ComponentInstance,
  type CoreFunction,
  type FlatSpec,
  type HostFunction,
  type MoveSpec,
  orThrow,
} from '@wit-ts/abi';
import {
  immediateExport,
  CanonLift,
  lowerComponentFunction,
  lowerHostFunction,
  plainExport,
  promisedExport,
  startIn,
  Store,
  type StoreOptions,
  taskCleanup,
  taskCore,
  taskPostReturn,
} from '@wit-ts/concurrency';
import { callOf, choicesFor, thrownResult } from '@wit-ts/mapping';
import { isKind, shapeOf } from '@wit-ts/model/layout';
import { withoutPrototype } from '@wit-ts/model';
import type { PlanLift } from '@wit-ts/plan';
import type { Traced } from '../trace.ts';
import type { AnyFunction } from '../instance/boundary-functions.ts';
import type { InstanceState } from '../instance/instance-state.ts';
import type {
  ComponentCall,
  HostCall,
  HostTask,
  LiftedFunction as LiftedWiring,
  TaskBuiltin,
  TaskLift,
  TaskLower,
} from '../wiring/wiring.ts';
import { builtinSignature } from './builtin-signature.ts';
import type { TaskParts } from './task-parts.ts';
import { type TaskParty, TaskValues } from './values.ts';

/** How the tasks of an instance run. */
export interface TaskOptions extends Omit<StoreOptions, 'observer' | 'stacks'> {
  /** What a trace adds to the instance. */
  readonly traced?: Traced | undefined;
}

/** The tasks of one instance of a component, as the functions of the instance use them. */
export class ComponentTasks {
  readonly #state: InstanceState;
  readonly #store: Store;
  readonly #values: TaskValues;
  readonly #parts: TaskParts;
  readonly #traced: Traced | undefined;

  constructor(state: InstanceState, parts: TaskParts, options: TaskOptions) {
    this.#state = state;
    this.#parts = parts;
    this.#traced = options.traced;
    const stacks = parts.stacks?.(state.component.plan);
    this.#store = new Store(withoutPrototype({ ...options, observer: options.traced?.observer, stacks }));
    this.#values = new TaskValues(state, this.#store, parts.codecs);
  }

  /** Runs what follows, such as the start function of a core module, in a task of the instance. */
  starting(instance: ComponentInstance): void {
    startIn(this.#store, instance);
  }

  /** The instance has been made: from now on only calls run. */
  started(): void {
    this.#store.switchTo(undefined);
  }

  /** Lets the host drop a resource now, or when the suspended call that holds the instances has paused. */
  readonly whenFree = (drop: () => void): void => {
    const store = this.#store;
    if (store.isFree) {
      drop();
      return;
    }
    store.whenFree(() => {
      try {
        drop();
      } catch (error) {
        store.fail(error);
      }
    });
  };

  /** Returns the core function of a lift that an engine makes. */
  core(core: CoreFunction, { name, instance, options }: PlanLift): CoreFunction {
    const lift = this.#plainLift(name, this.#state.instance(instance));
    return taskCore(this.#store, core, lift, options.postReturn !== undefined);
  }

  postReturn(core: CoreFunction): CoreFunction {
    return taskPostReturn(this.#store, core);
  }

  /** Returns a realloc or destructor, which runs in a task of its own. */
  cleanup(core: CoreFunction, instance: number): CoreFunction {
    return taskCleanup(
      this.#store,
      core,
      this.#plainLift('realloc or destructor', this.#state.instance(instance)),
    );
  }

  #plainLift(name: string, instance: ComponentInstance): CanonLift {
    return CanonLift.plain(this.#store, name, instance);
  }

  /** Returns a function for the host that an engine makes. */
  plainExport(func: HostFunction, instance: number): HostFunction {
    return plainExport(this.#store, func, this.#state.instance(instance));
  }

  /** Returns a function for the host that may have to wait, or whose values only tasks can pass. */
  exported(func: LiftedWiring, task: TaskLift): HostFunction {
    const { type } = this.#state.component.plan.lifts[func.lift]!;
    const mapping = choicesFor(func.name, this.#state.component.mapping);
    const { args, result } = task.values!;
    const lower = this.#values.lowerFlat(args, func);
    const lift = this.#values.liftFlat(result, func);
    const values = {
      arguments: lower,
      result: (flat: Parameters<typeof lift>[0]) => lift(flat, [])[0],
      value:
        thrownResult(type.result, mapping) === undefined
          ? asItIs
          : (value: unknown) => orThrow(type, value, mapping),
    };
    const isAsync = callOf(type) === 'promise';
    const parts = { params: type.params.length, isMethod: task.isMethod, hasOptions: isAsync };
    const make = isAsync || task.isPromised ? promisedExport : immediateExport;
    return make(this.#store, this.#lifted(func, task), parts, values);
  }

  #lifted(func: LiftedWiring, { signature, mayBlock }: TaskLift): CanonLift {
    const state = this.#state;
    const lift = state.component.plan.lifts[func.lift]!;
    const { callback, core, through } = func.core;
    return new CanonLift(this.#store, {
      name: func.name,
      instance: state.instance(func.instance),
      core: state.throughCore(core, through),
      signature,
      callback: callback && state.func(callback),
      postReturn: func.postReturn && state.func(func.postReturn.core),
      isAsyncType: lift.type.async,
      isAsync: lift.options.canonical.async,
      mayBlock,
      returns: lift,
    });
  }

  /** Returns the core function of a call of the host. */
  hostCall(call: HostCall, task: HostTask, func: HostFunction): CoreFunction {
    const lift = this.#values.liftFlat(task.args, call);
    const lower = this.#values.lowerFlat(task.result, call);
    const into = outPointer(task);
    const { type } = call.spec;
    const { suspends } = task;
    const mapping = choicesFor(call.spec.name, this.#state.component.mapping);
    const core = lowerHostFunction(this.#store, this.#lowered(call, task), func as AnyFunction, {
      arguments: lift,
      result: (value, flat) => lower(task.result.params.length === 0 ? [] : [value], NO_BORROWS, into(flat)),
      throws: thrownResult(type.result, mapping) !== undefined,
      awaits: type.async || suspends,
      suspends,
      givesFuture: type.async && type.result !== undefined && isKind(shapeOf(type.result), 'future'),
    });
    return this.#suspending(core, task);
  }

  /** Returns the core function of a call from one component to another. */
  componentCall(call: ComponentCall, task: TaskLower<MoveSpec>): CoreFunction {
    const func = this.#state.wiring.functions[call.callee] as LiftedWiring;
    const callee: TaskParty = func;
    const moveArguments = this.#values.moveFlat(task.args, call, callee);
    const moveResult = this.#values.moveFlat(task.result, callee, call);
    const into = outPointer(task);
    const lift = this.#lifted(func, func.task!);
    const values = {
      arguments: moveArguments,
      result: (result: Parameters<typeof moveResult>[0], flat: Parameters<typeof into>[0]) =>
        moveResult(result, [], NO_BORROWS, into(flat)),
    };
    const core = lowerComponentFunction(
      this.#store,
      this.#lowered(call, task),
      lift,
      values,
      this.#traced?.inside(call, this.#state),
    );
    return this.#suspending(core, task);
  }

  #lowered(
    { instance, spec }: HostCall | ComponentCall,
    { isAsync, signature }: Pick<TaskLower<FlatSpec>, 'isAsync' | 'signature'>,
  ): Parameters<typeof lowerHostFunction>[1] {
    const dummy = signature.results[0] === 'i64' ? 0n : 0;
    return { name: spec.name, instance: this.#state.instance(instance), isAsync, dummy };
  }

  #suspending(
    core: CoreFunction,
    { waits, signature }: Pick<TaskLower<FlatSpec>, 'waits' | 'signature'>,
  ): CoreFunction {
    return waits ? this.#store.stacks.suspending(core, signature) : core;
  }

  builtin(wiring: TaskBuiltin): CoreFunction {
    const { builtin, waits } = wiring;
    const make = this.#parts.builtins[builtin.canon.tag];
    if (make === undefined) throw new TypeError(`the built-in \`${builtin.canon.tag}\` is not supported`);
    const core = make({ state: this.#state, store: this.#store, values: this.#values }, wiring);
    return waits ? this.#store.stacks.suspending(core, builtinSignature(builtin)) : core;
  }
}

const NO_BORROWS = { borrows: 0 };

/** Returns the out pointer of a call, which is its last argument, if its result is in memory. */
function outPointer({
  isAsync,
  signature,
  result,
}: Pick<TaskLower<FlatSpec | MoveSpec>, 'isAsync' | 'signature' | 'result'>): (
  flat: readonly (number | bigint)[],
) => number | bigint | undefined {
  const hasPointer = isAsync
    ? result.params.length > 0
    : signature.results.length === 0 && result.params.length > 0;
  return hasPointer ? (flat) => flat.at(-1) : () => undefined;
}

function asItIs(value: unknown): unknown {
  return value;
}
