import { type CoreFunction, resourceNew, resourceRep } from '@wit-ts/abi';
import { notRun } from '../tasks/unsupported.ts';
import type { HostCall, LoweredFunction, TrampolineWiring } from '../wiring/wiring.ts';
import type { BoundaryFunctions } from './boundary-functions.ts';
import type { InstanceState } from './instance-state.ts';

/** Makes the core function of a trampoline. @param index the number of the trampoline in the plan */
export function trampoline(
  state: InstanceState,
  functions: BoundaryFunctions,
  wiring: TrampolineWiring,
  index: number,
): CoreFunction {
  const instance = 'instance' in wiring ? state.instance(wiring.instance) : undefined;
  switch (wiring.tag) {
    case 'host-call':
      return lowered(state, wiring, hostFunction(state, functions, wiring));
    case 'component-call':
      return functions.inside(index, lowered(state, wiring, functions.called(wiring)));
    case 'direct-call':
    case 'fused-call':
      return functions.inside(index, state.component.parts.calls!.makeCall(state, wiring));
    case 'resource.new':
      return resourceNew(state.resources[wiring.resource]!, instance!);
    case 'resource.drop':
      return functions.resourceDrop(wiring);
    case 'resource.rep':
      return resourceRep(state.resources[wiring.resource]!, instance!);
    case 'task.return':
    case 'task-builtin':
      return state.component.parts.tasks!.makeBuiltin(state, wiring);
    case 'unsupported':
      return notRun(wiring.name, instance!);
  }
}

function hostFunction(
  state: InstanceState,
  functions: BoundaryFunctions,
  call: HostCall,
): ReturnType<BoundaryFunctions['imported']> {
  const func = functions.imported(call);
  return call.mayWait ? state.tasks!.awaited(func, call.spec.name) : func;
}

function lowered(
  state: InstanceState,
  { spec, options, instance, resources, isAsync }: LoweredFunction,
  callee: ReturnType<BoundaryFunctions['imported']>,
): CoreFunction {
  const func = state.code.lower(spec).bind({
    callee,
    ...state.options(options, instance),
    instance: state.instance(instance),
    resources: state.resourceTypes(resources),
  });
  return isAsync ? state.tasks!.lowered(func) : func;
}
