import type { CoreFunction } from '@wit-ts/abi';
import type { LoweredFunction, TrampolineWiring } from '../wiring/wiring.ts';
import type { BoundaryFunctions } from './boundary-functions.ts';
import type { InstanceState } from './instance-state.ts';

/** Makes the core function of a trampoline. @param index the number of the trampoline in the plan */
export function trampoline(
  state: InstanceState,
  functions: BoundaryFunctions,
  wiring: TrampolineWiring,
  index: number,
): CoreFunction {
  const { parts } = state.component;
  switch (wiring.tag) {
    case 'host-call': {
      const { task } = wiring;
      const func = functions.imported(wiring);
      return task ? state.tasks!.hostCall(wiring, task, func) : lowered(state, wiring, func);
    }
    case 'component-call': {
      const { task } = wiring;
      if (task) return state.tasks!.componentCall(wiring, task);
      return functions.inside(index, lowered(state, wiring, functions.called(wiring)));
    }
    case 'direct-call':
    case 'fused-call':
      return functions.inside(index, parts.calls!.makeCall!(state, wiring));
    case 'resource.new':
      return parts.resources!.resourceNew!(
        state.resources[wiring.resource]!,
        state.instance(wiring.instance),
      );
    case 'resource.drop':
      return functions.resourceDrop(wiring);
    case 'resource.rep':
      return parts.resources!.resourceRep!(
        state.resources[wiring.resource]!,
        state.instance(wiring.instance),
      );
    case 'task-builtin':
      return state.tasks!.builtin(wiring);
  }
}

function lowered(
  state: InstanceState,
  { spec, options, instance, resources }: LoweredFunction,
  callee: ReturnType<BoundaryFunctions['imported']>,
): CoreFunction {
  return state.code.lower(spec).bind({
    callee,
    ...state.options(options, instance),
    instance: state.instance(instance),
    resources: state.resourceTypes(resources),
  });
}
