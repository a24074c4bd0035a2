import { coreSignatureOf, mentionedTypes } from '@wit-ts/abi';
import type { Plan } from '@wit-ts/plan';
import type { DirectCall } from '@wit-ts/plan/direct';
import type { Lower } from '../wiring/wire.ts';
import type { FunctionWirer } from '../wiring/wire-functions.ts';
import type { DirectCallWiring, FusedCall } from '../wiring/wiring.ts';

/**
 * Decides how a component calls another one without JavaScript values. Returns nothing when the values must become
 * such values.
 *
 * @param direct how core wasm alone can make the call, if it can
 * @param fuses whether an engine may move the values from memory to memory
 */
export function wireCall(
  plan: Plan,
  functions: FunctionWirer,
  { options, instance }: Lower,
  index: number,
  direct: DirectCall | undefined,
  fuses: boolean,
): DirectCallWiring | FusedCall | undefined {
  const lift = plan.lifts[index]!;
  const { canonical } = lift.options;
  const { type, name, core } = lift;
  if (direct === 'plain') return { tag: 'direct-call', core };
  if (direct === 'guarded')
    return {
      tag: 'direct-call',
      core,
      guard: { instance, name, signature: coreSignatureOf(canonical, type, 'lift') },
    };
  if (!fuses || lift.instance === instance) return undefined;
  return {
    tag: 'fused-call',
    lift: index,
    spec: { type, name, caller: options.canonical, callee: canonical },
    ...functions.core(lift),
    caller: { instance, options: functions.options(options, instance) },
    callee: { instance: lift.instance, options: functions.options(lift.options, lift.instance) },
    resources: functions.resources(mentionedTypes(type)),
  };
}
