import type { ComponentInstance, CoreFunction, FuncType, HostFunction } from '@wit-ts/abi';
import { asTrap, CALLING, failed, isThenable, raise, ResourceHandle } from '@wit-ts/abi';
import { callOf } from '@wit-ts/mapping';
import { shapeOf } from '@wit-ts/model/layout';
import type { Plan } from '@wit-ts/plan';
import type { AnyFunction, BoundaryFunctions } from './instance/boundary-functions.ts';
import type { InstanceState } from './instance/instance-state.ts';
import { copyOfThrown, type EventTypes, eventTypesOf } from './trace/event-values.ts';
import { InsideTasks } from './trace/inside-tasks.ts';
import { InsideValues } from './trace/inside-values.ts';
import { readOnce } from './trace/read-once.ts';
import { TaskObserver } from './trace/task-observer.ts';
import type { CallObserver, Observer } from '@wit-ts/concurrency';
import type { Trace, TraceEvent } from './trace/trace-event.ts';
import { type CrossingPlace, Tracer } from './trace/tracer.ts';
import type { Lower } from './wiring/wire.ts';
import type {
  ComponentCall,
  FunctionWiring,
  GuestResourceWiring,
  HostCall,
  ResourceBuiltin,
} from './wiring/wiring.ts';

/** What a trace adds to an instance. */
export interface Traced {
  /** Puts the trace around the boundary functions of the instance. */
  around(functions: BoundaryFunctions, state: InstanceState): BoundaryFunctions;
  /** Follows the tasks of the instance. */
  readonly observer: Observer;
  /** Returns what learns of the calls of one function from one component to another that may have to wait. */
  inside(call: ComponentCall, state: InstanceState): CallObserver;
}

/** @throws TypeError if the option `trace` is not a function */
export function tracedBy(trace: Trace): Traced {
  if (typeof trace !== 'function') throw new TypeError(`trace: expected a function, got ${String(trace)}`);
  const tracer = new Tracer(trace);
  return {
    around: (functions, state) => new TracedFunctions(functions, state, tracer),
    observer: new TaskObserver(tracer),
    inside: (call, state) => new InsideTasks(tracer, call, state),
  };
}

/**
 * The boundary functions of one instance, each with the trace around it. The functions are decorated when they are
 * bound, so an instance without a trace is no slower.
 */
class TracedFunctions implements BoundaryFunctions {
  readonly #functions: BoundaryFunctions;
  readonly #state: InstanceState;
  readonly #plan: Plan;
  readonly #tracer: Tracer;

  constructor(functions: BoundaryFunctions, state: InstanceState, tracer: Tracer) {
    this.#functions = functions;
    this.#state = state;
    this.#plan = state.component.plan;
    this.#tracer = tracer;
  }

  exported(func: FunctionWiring): HostFunction {
    const { name } = func;
    const exported = this.#functions.exported(func) as AnyFunction;
    const isLifted = func.tag === 'lifted';
    const type = isLifted ? this.#plan.lifts[func.lift]!.type : func.type;
    const types = eventTypesOf(type, name, this.#state.component.mapping);
    const instance = this.#state.instance(isLifted ? func.instance : 0);
    const place: CrossingPlace = { boundary: 'export', name, instance: instance.name };
    const isMethod = name.includes('[method]');
    const isPromised = callOf(type) === 'promise' || (isLifted && func.task?.isPromised === true);
    const tracer = this.#tracer;
    return function traced(this: unknown, ...given: unknown[]) {
      const all = isMethod ? [this, ...given] : given;
      const args = all.map((arg, index) => readOnce(types.params[index], arg, types.mapping));
      const call = (): unknown => exported.apply(this, isMethod ? args.slice(1) : args);
      const run = (): unknown =>
        tracer.run(place, types, args.slice(0, types.params.length), call, isPromised);
      return isPromised ? promised(run) : run();
    };
  }

  /** The function takes the object of a method as its first argument, and makes the object of a constructor. */
  imported(call: HostCall): HostFunction {
    const imported = this.#functions.imported(call) as AnyFunction;
    const { spec, instance } = call;
    const types = eventTypesOf(spec.type, spec.name, this.#state.component.mapping);
    const { name } = this.#state.instance(instance);
    const place: CrossingPlace = { boundary: 'import', name: spec.name, instance: name };
    const tracer = this.#tracer;
    const read = (value: unknown): unknown => readOnce(types.result, value, types.mapping);
    if (call.task?.suspends !== true && !settles(spec.type))
      return (...args) => tracer.run(place, types, args, () => read(imported(...args)));
    return (...args) => {
      const start = (): unknown => {
        const returned = imported(...args);
        return isThenable(returned) ? Promise.resolve(returned).then(read) : read(returned);
      };
      return tracer.run(place, types, args, start, true);
    };
  }

  called(call: ComponentCall): HostFunction {
    return this.#functions.called(call);
  }

  /** The call stays as it is, because a guest could notice another one. Its values are read beside it. */
  inside(index: number, core: CoreFunction): CoreFunction {
    const lower = this.#plan.trampolines[index] as Lower;
    if (lower.func.tag !== 'lift') return core;
    const { name, instance } = this.#plan.lifts[lower.func.index]!;
    const values = new InsideValues(this.#state, lower);
    const callee = this.#state.instance(instance).name;
    const place: CrossingPlace = { boundary: 'inside', name, instance: callee };
    const caller = this.#state.instance(lower.instance);
    const report = (event: TraceEvent): void => {
      try {
        this.#tracer.emit(event);
      } catch (error) {
        // Nothing else stands between here and the guest, which could catch what the trace itself throws.
        raise(caller, failed(caller, error, CALLING, name));
      }
    };
    return (...args) => {
      const crossing = this.#tracer.begin(place);
      report({ tag: 'call', ...crossing, args: values.args(args) });
      const leave = this.#tracer.enter(crossing);
      let returned: ReturnType<CoreFunction>;
      try {
        returned = core(...args);
      } catch (error) {
        leave();
        report({
          tag: 'throw',
          ...crossing,
          error: copyOfThrown(undefined, asTrap(error, `running \`${name}\` of ${callee}`)),
        });
        throw error;
      }
      leave();
      report({ tag: 'return', ...crossing, value: values.result(args, returned) });
      return returned;
    };
  }

  /** Traces the drop when it ends an object of the host. */
  resourceDrop(drop: ResourceBuiltin): CoreFunction {
    const dropped = this.#functions.resourceDrop(drop);
    const type = this.#state.resources[drop.resource]!;
    if (type.implementer !== undefined) return dropped;
    const instance = this.#state.instance(drop.instance);
    const name = `[resource-drop]${type.name}`;
    const place: CrossingPlace = { boundary: 'import', name, instance: instance.name };
    return (index) => {
      const handle = entryOf(instance, Number(index));
      if (!(handle instanceof ResourceHandle) || !handle.own) return dropped(index!);
      try {
        return this.#tracer.run(place, NO_TYPES, [handle.rep], () => dropped(index!)) as undefined;
      } catch (error) {
        // As in `inside`.
        return raise(instance, failed(instance, error, CALLING, name));
      }
    };
  }

  destructor(resource: GuestResourceWiring): ((rep: number) => unknown) | undefined {
    const destructor = this.#functions.destructor(resource);
    if (destructor === undefined) return undefined;
    const { name } = this.#state.instance(resource.instance);
    const place: CrossingPlace = {
      boundary: 'export',
      name: `[resource-drop]${resource.name}`,
      instance: name,
    };
    return (rep) => this.#tracer.run(place, NO_TYPES, [rep], () => destructor(rep));
  }
}

/** A function that returns a promise throws nothing, not even what the trace throws. */
async function promised(run: () => unknown): Promise<unknown> {
  return run();
}

/** Whether a promise that a host function returns stands for its result. It does not if the result is a future. */
function settles({ async, result }: FuncType): boolean {
  if (!async || result === undefined) return async;
  const shape = shapeOf(result);
  return typeof shape === 'string' || shape.tag !== 'future';
}

const NO_TYPES: EventTypes = { mapping: undefined, params: [], result: undefined, error: undefined };

/** The entry at an index. `resource.drop` itself reports that there is none. */
function entryOf(instance: ComponentInstance, index: number): object | undefined {
  try {
    return instance.handles.get(index);
  } catch {
    return undefined;
  }
}
