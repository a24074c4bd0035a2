import { type ComponentInstance, type HostClass, ResourceType } from '@wit-ts/abi';
import type { CoreArg, ModuleRef } from '@wit-ts/plan';
import type { ResourceWiring } from '../wiring/wiring.ts';
import type { BoundaryFunctions } from './boundary-functions.ts';
import type { InstanceState } from './instance-state.ts';
import { trampoline } from './trampolines.ts';

/** A core instance that a step needs. */
export interface CoreRequest {
  readonly module: WebAssembly.Module;
  readonly imports: WebAssembly.Imports;
  /** The component instance that the core instance belongs to. */
  readonly instance: ComponentInstance;
  readonly from: ModuleRef;
  /** Prepares the exports of the instance before anything uses them, and runs its start function. */
  readonly prepare: ((exports: WebAssembly.Exports) => WebAssembly.Exports) | undefined;
}

/**
 * The steps of an instance: each core instance is asked for, because some callers can wait for it and others cannot.
 */
export type Steps = Generator<CoreRequest, void, WebAssembly.Exports>;

/** Runs the steps of a plan, each of which fills a slot of the state. */
export function* runSteps(state: InstanceState, functions: BoundaryFunctions): Steps {
  const { plan } = state.component;
  const { trampolines, resources } = state.wiring;
  for (const step of plan.steps) {
    switch (step.tag) {
      case 'instantiate-core': {
        state.tasks?.starting(state.instance(step.instance));
        const imports = coreImports(state, step.args);
        state.coreInstances[step.into] = yield {
          module: state.module(step.module),
          imports,
          instance: state.instance(step.instance),
          from: step.module,
          prepare: state.budget?.preparing(step.module, imports),
        };
        break;
      }
      case 'trampoline':
        state.trampolines[step.index] = trampoline(state, functions, trampolines[step.index]!, step.index);
        break;
      case 'resource':
        state.resources[step.index] = resourceType(state, functions, resources[step.index]!);
        break;
    }
  }
}

function resourceType(
  state: InstanceState,
  functions: BoundaryFunctions,
  resource: ResourceWiring,
): ResourceType {
  if (resource.tag === 'host')
    return ResourceType.ofHost(resource.name, state.imports[resource.import] as HostClass | undefined);
  const instance = state.instance(resource.instance);
  const type = ResourceType.ofGuest(resource.name, instance, functions.destructor(resource));
  type.whenFree = state.tasks?.whenFree;
  return type;
}

function coreImports(state: InstanceState, args: readonly CoreArg[]): WebAssembly.Imports {
  const imports = nameless<WebAssembly.ModuleImports>();
  for (const { name, value } of args) {
    if (value.tag === 'instance') {
      imports[name] = state.coreInstances[value.instance]!;
      continue;
    }
    const items = nameless<WebAssembly.ImportValue>();
    for (const item of value.exports) items[item.name] = state.core(item.value);
    imports[name] = items;
  }
  return imports;
}

/** The names come from the component. In an object without a prototype they cannot mean anything else. */
function nameless<T>(): Record<string, T> {
  return Object.create(null) as Record<string, T>;
}
