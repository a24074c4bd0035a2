import type { ComponentInstance, CoreFunction, HostFunction } from '@wit-ts/abi';
import { CALLING, failed, raise, ResourceHandle } from '@wit-ts/abi';
import type { AnyFunction, BoundaryFunctions } from './instance/boundary-functions.ts';
import type { InstanceState } from './instance/instance-state.ts';
import type {
  ComponentCall,
  FunctionWiring,
  GuestResourceWiring,
  HostCall,
  ResourceBuiltin,
} from './wiring/wiring.ts';

/** A call that crosses the component's boundary, or the end of such a call; see `InstantiateOptions.trace`. */
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
  readonly #trace: Trace;
  #calls = 0;
  #depth = 0;

  constructor(functions: BoundaryFunctions, state: InstanceState, trace: Trace) {
    this.#functions = functions;
    this.#state = state;
    this.#trace = trace;
  }

  exported(func: FunctionWiring): HostFunction {
    const { name } = func;
    const exported = this.#functions.exported(func) as AnyFunction;
    const instance = this.#state.instance(func.tag === 'lifted' ? func.instance : 0);
    const run = this.#run.bind(this, 'export', name, instance.name);
    const isMethod = func.tag === 'lifted' && func.spec?.call === 'method';
    return function traced(this: unknown, ...args: unknown[]) {
      return run(isMethod ? [this, ...args] : args, () => exported.apply(this, args));
    };
  }

  /** The function takes the object of a method as its first argument, and makes the object of a constructor. */
  imported(call: HostCall): HostFunction {
    const imported = this.#functions.imported(call) as AnyFunction;
    const { name } = this.#state.instance(call.instance);
    const run = this.#run.bind(this, 'import', call.spec.name, name);
    return (...args: unknown[]) => run(args, () => imported(...args));
  }

  called(call: ComponentCall): HostFunction {
    const called = this.#functions.called(call) as AnyFunction;
    const callee = this.#state.wiring.functions[call.callee]!;
    const { name } = this.#state.instance(callee.tag === 'lifted' ? callee.instance : 0);
    const run = this.#run.bind(this, 'inside', callee.name, name);
    return (...args: unknown[]) => run(args, () => called(...args));
  }

  /** Traces the drop when it ends an object of the host. */
  resourceDrop(drop: ResourceBuiltin): CoreFunction {
    const dropped = this.#functions.resourceDrop(drop);
    const type = this.#state.resources[drop.resource]!;
    if (type.implementer !== undefined) return dropped;
    const instance = this.#state.instance(drop.instance);
    const name = `[resource-drop]${type.name}`;
    const run = this.#run.bind(this, 'import', name, instance.name);
    return (index) => {
      const handle = entryOf(instance, Number(index));
      if (!(handle instanceof ResourceHandle) || !handle.own) return dropped(index!);
      try {
        return run([handle.rep], () => dropped(index!)) as undefined;
      } catch (error) {
        // No other code between here and the guest turns an error that the trace throws into a trap, so the guest could
        // catch it.
        return raise(instance, failed(instance, error, CALLING, name));
      }
    };
  }

  destructor(resource: GuestResourceWiring): ((rep: number) => unknown) | undefined {
    const destructor = this.#functions.destructor(resource);
    if (destructor === undefined) return undefined;
    const { name } = this.#state.instance(resource.instance);
    const run = this.#run.bind(this, 'export', `[resource-drop]${resource.name}`, name);
    return (rep) => run([rep], () => destructor(rep));
  }

  #run(
    boundary: Crossing['boundary'],
    name: string,
    instance: string,
    args: readonly unknown[],
    call: () => unknown,
  ): unknown {
    this.#calls += 1;
    const crossing: Crossing = { boundary, name, instance, call: this.#calls, depth: this.#depth };
    this.#trace({ tag: 'call', ...crossing, args });
    this.#depth += 1;
    let value: unknown;
    try {
      value = call();
    } catch (error) {
      this.#depth = crossing.depth;
      this.#trace({ tag: 'throw', ...crossing, error });
      throw error;
    }
    this.#depth = crossing.depth;
    this.#trace({ tag: 'return', ...crossing, value });
    return value;
  }
}

/** The entry at an index. `resource.drop` itself reports that there is none. */
function entryOf(instance: ComponentInstance, index: number): object | undefined {
  try {
    return instance.handles.get(index);
  } catch {
    return undefined;
  }
}
