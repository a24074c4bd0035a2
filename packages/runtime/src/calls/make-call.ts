import type { CoreFunction, FuseParty } from '@wit-ts/abi';
import type { InstanceState } from '../instance/instance-state.ts';
import type { DirectCallWiring, FusedCall, FusedParty } from '../wiring/wiring.ts';

/** Makes the core function of a call from one component to another that needs no JavaScript values. */
export function makeCall(state: InstanceState, wiring: DirectCallWiring | FusedCall): CoreFunction {
  return wiring.tag === 'fused-call' ? fusedCall(state, wiring) : directCall(state, wiring);
}

function directCall(state: InstanceState, { core: ref, guard }: DirectCallWiring): CoreFunction {
  const core = state.func(ref);
  return guard === undefined ? core : state.guards!.guarded(guard, core, state.instance(guard.instance));
}

function fusedCall(
  state: InstanceState,
  { spec, lift, core, postReturn, caller, callee, resources }: FusedCall,
): CoreFunction {
  return state.code.fuse(spec).bind({
    core: state.liftedCore(core, state.component.plan.lifts[lift]!),
    postReturn: postReturn && state.postReturn(postReturn, callee.instance),
    caller: partyOf(state, caller),
    callee: partyOf(state, callee),
    resources: state.resourceTypes(resources),
  });
}

function partyOf(state: InstanceState, { instance, options }: FusedParty): FuseParty {
  return { ...state.options(options, instance), instance: state.instance(instance) };
}
