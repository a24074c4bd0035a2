import type { ComponentInstance, CoreFunction, HostFunction, ResourceType } from '@wit-ts/abi';
import { CALLING, failed, raise, ResourceHandle } from '@wit-ts/abi';

/** One step over a border of a component, as `InstantiateOptions.trace` is told of it. */
export type TraceEvent = Crossing &
  (
    | { readonly tag: 'call'; readonly args: readonly unknown[] }
    | { readonly tag: 'return'; readonly value: unknown }
    /** A `Trap`, the `err` of a result, or what a host function threw. */
    | { readonly tag: 'throw'; readonly error: unknown }
  );

interface Crossing {
  /**
   * `export`: the host calls the component; `import`: the component calls the host; `inside`: a component calls another one
   * inside, with values as those pass them: handles are representations there.
   */
  readonly border: 'export' | 'import' | 'inside';
  /** `handle-request`, `example:service/processor#process-data`, `test:files#[method]file.read`. */
  readonly name: string;
  /** The path of the component instance that is called, or for `import` of the one that calls. */
  readonly instance: string;
  /** The same for a call and for how it ended. Counts from 1. */
  readonly call: number;
  /** How many calls there are around this one. */
  readonly depth: number;
}

export type Trace = (event: TraceEvent) => void;

type AnyFunction = (this: unknown, ...args: unknown[]) => unknown;

/** Puts itself around the functions of one instance while they are bound. Nobody else knows of it. */
export class Tracer {
  readonly #trace: Trace;
  #calls = 0;
  #depth = 0;

  constructor(trace: Trace) {
    this.#trace = trace;
  }

  exported(lifted: HostFunction, name: string, instance: ComponentInstance): HostFunction {
    const run = this.#run.bind(this, 'export', name, instance.name);
    const isMethod = name.includes('[method]');
    return function traced(this: unknown, ...args: unknown[]) {
      return run(isMethod ? [this, ...args] : args, () => (lifted as AnyFunction).apply(this, args));
    };
  }

  /** `callee` takes the object of a method as its first argument, and makes the one of a constructor. */
  imported(callee: AnyFunction, name: string, instance: ComponentInstance): HostFunction {
    const run = this.#run.bind(this, 'import', name, instance.name);
    return (...args: unknown[]) => run(args, () => callee(...args));
  }

  inside(lifted: HostFunction, name: string, instance: ComponentInstance): HostFunction {
    const run = this.#run.bind(this, 'inside', name, instance.name);
    return (...args: unknown[]) => run(args, () => (lifted as AnyFunction)(...args));
  }

  /** `resource.drop`, where it ends an object of the host. */
  dropped(drop: CoreFunction, type: ResourceType, instance: ComponentInstance): CoreFunction {
    if (type.implementer !== undefined) return drop;
    const name = `[resource-drop]${type.name}`;
    const run = this.#run.bind(this, 'import', name, instance.name);
    return (index) => {
      const handle = entryOf(instance, Number(index));
      if (!(handle instanceof ResourceHandle) || !handle.own) return drop(index!);
      try {
        return run([handle.rep], () => drop(index!)) as undefined;
      } catch (error) {
        // Nobody else is between here and the guest, who could catch what the trace itself throws.
        return raise(instance, failed(instance, error, CALLING, name));
      }
    };
  }

  destroyed(destructor: (rep: number) => unknown, name: string, instance: ComponentInstance) {
    const run = this.#run.bind(this, 'export', `[resource-drop]${name}`, instance.name);
    return (rep: number) => run([rep], () => destructor(rep));
  }

  #run(
    border: Crossing['border'],
    name: string,
    instance: string,
    args: readonly unknown[],
    call: () => unknown,
  ): unknown {
    this.#calls += 1;
    const crossing: Crossing = { border, name, instance, call: this.#calls, depth: this.#depth };
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

/** What stands at an index; that nothing does is for `resource.drop` to say. */
function entryOf(instance: ComponentInstance, index: number): object | undefined {
  try {
    return instance.handles.get(index);
  } catch {
    return undefined;
  }
}
