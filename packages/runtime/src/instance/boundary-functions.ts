import type { CoreFunction, HostFunction } from '@wit-ts/abi';
import type {
  ComponentCall,
  FunctionWiring,
  GuestResourceWiring,
  HostCall,
  LiftedFunction,
  PassedOnFunction,
  ResourceBuiltin,
} from '../wiring/wiring.ts';
import type { InstanceState } from './instance-state.ts';
import { plainCall } from './plain-call.ts';

export type AnyFunction = (this: unknown, ...args: unknown[]) => unknown;

/**
 * Makes the functions through which values and resources enter or leave a component instance. Tracing decorates these
 * functions and nothing else.
 */
export interface BoundaryFunctions {
  /** A component function for the host. */
  exported(func: FunctionWiring): HostFunction;
  /** The host's function behind an import, as the engine calls it. */
  imported(call: HostCall): HostFunction;
  /** The function of another component behind an import, for calls with JavaScript values. */
  called(call: ComponentCall): HostFunction;
  /**
   * The core function of a call from one component to another.
   *
   * @param trampoline the number of the trampoline in the plan
   */
  inside(trampoline: number, core: CoreFunction): CoreFunction;
  /** `resource.drop`. */
  resourceDrop(drop: ResourceBuiltin): CoreFunction;
  /** The destructor of a guest resource. */
  destructor(resource: GuestResourceWiring): ((rep: number) => unknown) | undefined;
}

/** The functions without anything around them. */
export class PlainFunctions implements BoundaryFunctions {
  readonly #state: InstanceState;

  constructor(state: InstanceState) {
    this.#state = state;
  }

  exported(func: FunctionWiring): HostFunction {
    return func.tag === 'passed-on' ? this.#passedOn(func) : this.#lifted(func);
  }

  imported({ import: index, style, spec }: HostCall): HostFunction {
    const linked = this.#state.imports[index] as HostFunction;
    if (spec.call.tag === style.tag) return linked;
    return plainCall(linked, style, spec.name, this.#state.component.parts.resources) as HostFunction;
  }

  called({ callee, instance }: ComponentCall): HostFunction {
    const func = this.#state.wiring.functions[callee] as LiftedFunction;
    return this.#lifted(func, instance);
  }

  inside(_trampoline: number, core: CoreFunction): CoreFunction {
    return core;
  }

  resourceDrop({ resource, instance }: ResourceBuiltin): CoreFunction {
    const { resources } = this.#state.component.parts;
    return resources!.resourceDrop!(this.#state.resources[resource]!, this.#state.instance(instance));
  }

  destructor({ destructor, instance }: GuestResourceWiring): ((rep: number) => unknown) | undefined {
    return destructor && this.#state.cleanup(destructor, instance);
  }

  /** @param caller the component instance that calls; absent when the host calls */
  #lifted(func: LiftedFunction, caller?: number): HostFunction {
    const state = this.#state;
    const { tasks } = state;
    if (func.task !== undefined) return tasks!.exported(func, func.task);
    const lift = state.component.plan.lifts[func.lift]!;
    const { core, options, postReturn, instance, resources } = func;
    const bound = state.code.lift(func.spec!).bind({
      core: state.liftedCore(core, lift),
      scope: { borrows: 0 },
      ...state.options(options, instance),
      postReturn: postReturn && state.postReturn(postReturn, instance),
      instance: state.instance(instance),
      caller: caller === undefined ? undefined : state.instance(caller),
      resources: state.resourceTypes(resources),
    });
    return caller === undefined && tasks !== undefined ? tasks.plainExport(bound, instance) : bound;
  }

  /** No core wasm is between the host's function and the host, but values are still held to the function's type. */
  #passedOn({ import: index, style, type, name, resources }: PassedOnFunction): HostFunction {
    const state = this.#state;
    const { calls, resources: methods } = state.component.parts;
    const call = plainCall(state.imports[index] as HostFunction, style, name, methods);
    return (
      calls?.passedOn?.(type, name, call, () => state.resourceTypes(resources)) ?? (call as HostFunction)
    );
  }
}
