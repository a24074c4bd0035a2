import type { ComponentInstance, CoreFunction, HostFunction } from '@wit-ts/abi';
import { asTrap, CALLING, failed, raise, ResourceHandle } from '@wit-ts/abi';
import type { Plan } from '@wit-ts/plan';
import type { AnyFunction, BoundaryFunctions } from './instance/boundary-functions.ts';
import type { InstanceState } from './instance/instance-state.ts';
import { copyOf, copyOfThrown, type EventTypes, eventTypesOf } from './trace/event-values.ts';
import { readOnce } from './trace/read-once.ts';
import { InsideValues } from './trace/inside-values.ts';
import type { Lower } from './wiring/wire.ts';
import type {
  ComponentCall,
  FunctionWiring,
  GuestResourceWiring,
  HostCall,
  ResourceBuiltin,
} from './wiring/wiring.ts';

/**
 * A call that crosses the component's boundary, or the end of such a call; see `InstantiateOptions.trace`. Values are
 * copies, except for objects of resources and promises, so an event cannot change its call.
 */
export type TraceEvent = Crossing &
  (
    | { readonly tag: 'call'; readonly args: readonly unknown[] }
    | { readonly tag: 'return'; readonly value: unknown }
    /** A `Trap`, the `err` of a result, or what a host function threw. */
    | { readonly tag: 'throw'; readonly error: unknown }
  );

interface Crossing {
  /**
   * `export`: the host calls the component. `import`: the component calls the host. `inside`: a component calls
   * another one inside; the values of such a call are those that components pass to each other, where handles are
   * bare representations.
   */
  readonly boundary: 'export' | 'import' | 'inside';
  /** `handle-request`, `example:service/processor#process-data`, `test:files#[method]file.read`. */
  readonly name: string;
  /** The path of the component instance that is called; for `import`, of the instance that calls. */
  readonly instance: string;
  /** The number of the call, from 1. The event that ends a call has the same number. */
  readonly call: number;
  /** The number of traced calls that are running around this one. */
  readonly depth: number;
}

/** Receives the events of a trace. An error that it throws ends the call. */
export type Trace = (event: TraceEvent) => void;

/** Returns what puts a trace around the boundary functions of an instance. */
export function tracedBy(
  trace: Trace,
): (functions: BoundaryFunctions, state: InstanceState) => BoundaryFunctions {
  return (functions, state) => new TracedFunctions(functions, state, trace);
}

/**
 * The boundary functions of one instance, each with the trace around it. The functions are decorated when they are
 * bound, so an instance without a trace is no slower.
 */
class TracedFunctions implements BoundaryFunctions {
  readonly #functions: BoundaryFunctions;
  readonly #state: InstanceState;
  readonly #plan: Plan;
  readonly #trace: Trace;
  #calls = 0;
  #depth = 0;

  constructor(functions: BoundaryFunctions, state: InstanceState, trace: Trace) {
    this.#functions = functions;
    this.#state = state;
    this.#plan = state.component.plan;
    this.#trace = trace;
  }

  exported(func: FunctionWiring): HostFunction {
    const { name } = func;
    const exported = this.#functions.exported(func) as AnyFunction;
    const isLifted = func.tag === 'lifted';
    const types = eventTypesOf(isLifted ? this.#plan.lifts[func.lift]!.type : func.type);
    const instance = this.#state.instance(isLifted ? func.instance : 0);
    const run = this.#run.bind(this, { boundary: 'export', name, instance: instance.name }, types);
    const isMethod = name.includes('[method]');
    return function traced(this: unknown, ...given: unknown[]) {
      const all = isMethod ? [this, ...given] : given;
      const args = all.map((arg, index) => readOnce(types.params[index], arg));
      return run(args, () => exported.apply(this, isMethod ? args.slice(1) : args));
    };
  }

  /** The function takes the object of a method as its first argument, and makes the object of a constructor. */
  imported(call: HostCall): HostFunction {
    const imported = this.#functions.imported(call) as AnyFunction;
    const { spec, instance } = call;
    const types = eventTypesOf(spec.type);
    const { name } = this.#state.instance(instance);
    const run = this.#run.bind(this, { boundary: 'import', name: spec.name, instance: name }, types);
    return (...args: unknown[]) => run(args, () => readOnce(types.result, imported(...args)));
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
        this.#trace(event);
      } catch (error) {
        // Nothing else stands between here and the guest, which could catch what the trace itself throws.
        raise(caller, failed(caller, error, CALLING, name));
      }
    };
    return (...args) => {
      const crossing = this.#begin(place);
      report({ tag: 'call', ...crossing, args: values.args(args) });
      this.#depth += 1;
      let returned: ReturnType<CoreFunction>;
      try {
        returned = core(...args);
      } catch (error) {
        this.#depth = crossing.depth;
        report({
          tag: 'throw',
          ...crossing,
          error: copyOfThrown(undefined, asTrap(error, `running \`${name}\` of ${callee}`)),
        });
        throw error;
      }
      this.#depth = crossing.depth;
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
    const run = this.#run.bind(this, { boundary: 'import', name, instance: instance.name }, NO_TYPES);
    return (index) => {
      const handle = entryOf(instance, Number(index));
      if (!(handle instanceof ResourceHandle) || !handle.own) return dropped(index!);
      try {
        return run([handle.rep], () => dropped(index!)) as undefined;
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
    return (rep) => this.#run(place, NO_TYPES, [rep], () => destructor(rep));
  }

  /** @param args the arguments of the call; the event has copies of them */
  #run(place: CrossingPlace, types: EventTypes, args: readonly unknown[], call: () => unknown): unknown {
    const crossing = this.#begin(place);
    const copies = args.map((arg, index) => copyOf(types.params[index], arg));
    this.#trace({ tag: 'call', ...crossing, args: copies });
    this.#depth += 1;
    let value: unknown;
    try {
      value = call();
    } catch (error) {
      this.#depth = crossing.depth;
      this.#trace({ tag: 'throw', ...crossing, error: copyOfThrown(types.error, error) });
      throw error;
    }
    this.#depth = crossing.depth;
    this.#trace({ tag: 'return', ...crossing, value: copyOf(types.result, value) });
    return value;
  }

  #begin(place: CrossingPlace): Crossing {
    this.#calls += 1;
    return { ...place, call: this.#calls, depth: this.#depth };
  }
}

type CrossingPlace = Pick<Crossing, 'boundary' | 'name' | 'instance'>;

const NO_TYPES: EventTypes = { params: [], result: undefined, error: undefined };

/** The entry at an index. `resource.drop` itself reports that there is none. */
function entryOf(instance: ComponentInstance, index: number): object | undefined {
  try {
    return instance.handles.get(index);
  } catch {
    return undefined;
  }
}
