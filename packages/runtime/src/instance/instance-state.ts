import { ComponentInstance, type CoreFunction, type ResourceType } from '@wit-ts/abi';
import type { CoreRef, ModuleRef, PlanLift } from '@wit-ts/plan';
import type { CallGuards } from '../calls/call-guards.ts';
import type { InstanceCode } from '../instance-code.ts';
import type { InstanceBudget } from '../instance-budget.ts';
import type { LinkedImport } from '../imports.ts';
import type { ComponentTasks, TaskOptions } from '../tasks/component-tasks.ts';
import type { CleanupFunction, LiftedCore, OptionsWiring, Wiring } from '../wiring/wiring.ts';
import { exportedCore } from './exported-core.ts';
import type { InstanceComponent } from './instance-component.ts';

/** What an instance is told beside its imports. */
export interface InstanceOptions extends TaskOptions {
  /** The instance in messages. */
  readonly name?: string | undefined;
}

/** What an instance is made of. */
interface InstanceParts {
  readonly component: InstanceComponent;
  readonly wiring: Wiring;
  readonly code: InstanceCode;
  /** The core modules of the plan, compiled for the limits of the instance. */
  readonly modules: readonly WebAssembly.Module[];
  /** What the host gave for each import of the plan. */
  readonly imports: readonly LinkedImport[];
  /** Absent for an instance without limits. */
  readonly budget: InstanceBudget | undefined;
  readonly options: InstanceOptions;
}

/**
 * The state of one instance of a component: the slots of its plan, which the steps fill one after the other, and
 * access to what is in them.
 */
export class InstanceState {
  readonly component: InstanceComponent;
  readonly wiring: Wiring;
  readonly code: InstanceCode;
  readonly imports: readonly LinkedImport[];
  /** The root, and the component instances inside it. */
  readonly instances: readonly ComponentInstance[];
  readonly coreInstances: WebAssembly.Exports[] = [];
  readonly trampolines: CoreFunction[] = [];
  readonly resources: ResourceType[] = [];
  /** Present when the component has tasks. */
  readonly tasks: ComponentTasks | undefined;
  readonly guards: CallGuards | undefined;
  readonly budget: InstanceBudget | undefined;
  readonly #modules: readonly WebAssembly.Module[];

  constructor({ component, wiring, code, modules, imports, budget, options }: InstanceParts) {
    this.component = component;
    this.wiring = wiring;
    this.code = code;
    this.imports = imports;
    this.#modules = modules;
    this.budget = budget;
    const { calls, tasks } = component.parts;
    this.guards = calls?.CallGuards === undefined ? undefined : new calls.CallGuards(wiring);
    this.instances = componentInstances(component, options.name, budget);
    this.tasks = component.hasTasks ? new tasks!.ComponentTasks(this, tasks!.taskParts, options) : undefined;
  }

  instance(index: number): ComponentInstance {
    return this.instances[index]!;
  }

  module(ref: ModuleRef): WebAssembly.Module {
    if (ref.tag === 'module') return this.#modules[ref.index]!;
    return this.imports[ref.import] as WebAssembly.Module;
  }

  resourceTypes(indices: readonly number[]): readonly ResourceType[] {
    return indices.map((index) => this.resources[index]!);
  }

  /** @throws LinkError when a core module lacks an export that the component refers to */
  core(ref: CoreRef): WebAssembly.ImportValue {
    if (ref.tag === 'trampoline') return this.trampolines[ref.index]!;
    return exportedCore(this.coreInstances[ref.instance]!, ref.instance, ref.name);
  }

  func(ref: CoreRef): CoreFunction {
    return this.core(ref) as CoreFunction;
  }

  /** Returns a realloc or a destructor inside the functions that must surround it. */
  cleanup(wiring: CleanupFunction, instance: number): CoreFunction {
    return this.tasks?.cleanup(this.func(wiring.core), instance) ?? this.#flagging(wiring, instance);
  }

  /** Returns a post-return function inside the functions that must surround it. */
  postReturn(wiring: CleanupFunction, instance: number): CoreFunction {
    return this.tasks?.postReturn(this.func(wiring.core)) ?? this.#flagging(wiring, instance);
  }

  #flagging({ core, flagged }: CleanupFunction, instance: number): CoreFunction {
    const func = this.func(core);
    return flagged === undefined ? func : this.guards!.flagging(instance, func, flagged);
  }

  /** The core function that a lift calls. It is of core wasm, and runs in a task when the component has tasks. */
  liftedCore({ core: ref, through }: LiftedCore, lift: PlanLift): CoreFunction {
    const core = this.throughCore(ref, through);
    return this.tasks?.core(core, lift) ?? core;
  }

  /** @param through the signature that a function of JavaScript gets in core wasm */
  throughCore(ref: CoreRef, through: LiftedCore['through']): CoreFunction {
    const func = this.func(ref);
    return through === undefined ? func : this.component.parts.calls!.throughCore!(func, through);
  }

  /** The memory and the realloc function of canonical options. */
  options(
    { memory, realloc }: OptionsWiring,
    instance: number,
  ): { readonly memory: WebAssembly.Memory | undefined; readonly realloc: CoreFunction | undefined } {
    return {
      memory: memory && (this.core(memory) as WebAssembly.Memory),
      realloc: realloc && this.cleanup(realloc, instance),
    };
  }
}

function componentInstances(
  { plan }: InstanceComponent,
  name = 'the component',
  budget: InstanceBudget | undefined,
): readonly ComponentInstance[] {
  const instances: ComponentInstance[] = [];
  for (const { parent, name: own } of plan.instances) {
    const around = parent === undefined ? undefined : instances[parent];
    const path = around === undefined ? name : `${around.name} › ${own}`;
    instances.push(new ComponentInstance(path, around, budget?.handleTable()));
  }
  return instances;
}
