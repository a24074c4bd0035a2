import type { CoreFunction, FuseBinding, FuseParty, FuseSpec, Prepared } from '@wit-ts/abi';
import type { FunctionCode } from '../function-code.ts';
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
  const { code } = state;
  // Not `code.fuse?.(spec)`, which would also find what all objects inherit.
  const prepared = Object.hasOwn(code, 'fuse') ? code.fuse!(spec) : fuse(code as FunctionCode, spec);
  return prepared.bind({
    core: state.liftedCore(core, state.component.plan.lifts[lift]!),
    postReturn: postReturn && state.postReturn(postReturn, callee.instance),
    caller: partyOf(state, caller),
    callee: partyOf(state, callee),
    resources: state.resourceTypes(resources),
  });
}

/** The compile engine moves bytes, and ignores the limits; the reference engine makes JavaScript values of them. */
function fuse(code: FunctionCode, spec: FuseSpec): Prepared<FuseBinding, CoreFunction> {
  const { name, caller, callee } = spec;
  return code.once(spec, ({ calls }) =>
    calls!.fuse({ ...spec, caller: code.options(caller, name), callee: code.options(callee, name) }),
  );
}

function partyOf(state: InstanceState, { instance, options }: FusedParty): FuseParty {
  return { ...state.options(options, instance), instance: state.instance(instance) };
}
