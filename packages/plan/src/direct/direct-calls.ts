import { unalias } from '@wit-ts/model';
import { MAX_FLAT_PARAMS } from '@wit-ts/model/layout';
import { mentionsTasks } from '../mentions-tasks.ts';
import type { Plan, PlanLift, Trampoline } from '../plan.ts';
import { CalledComponents } from './called-components.ts';
import { CoreModules } from './core-modules.ts';
import { CoreWiring } from './core-wiring.ts';

/**
 * How core wasm alone can make a call from one component to another.
 *
 * - `plain`: the caller imports the callee's core function as it is.
 * - `guarded`: the same, once it is certain that the caller may leave its instance.
 */
export type DirectCall = 'plain' | 'guarded';

type Lower = Extract<Trampoline, { tag: 'lower' }>;

/**
 * Finds the calls between components for which the specification requires no more than a core call does. A `canon
 * lower` of a `canon lift` (`CanonicalABI.md`) is equal to a core call if
 *
 * - the core values are the values: integers of 32 and 64 bits, and floats, whose NaNs may change on the way but need
 *   not;
 * - no code can observe that the callee is marked as running: nothing that the callee calls leads to the instances
 *   that the call enters, and nothing in those instances leads to the caller. The host cannot observe it, because the
 *   root is marked while anything inside it runs;
 * - the callee throws nothing but traps: its modules have no exceptions;
 * - the caller may leave its instance. It may not in its realloc and post-return functions, so these must not reach
 *   the call. The call is guarded if that is not certain.
 *
 * @returns the kinds of calls by the index of the trampoline; all other calls need the Canonical ABI
 */
export function directCalls(plan: Plan): ReadonlyMap<number, DirectCall> {
  const direct = new Map<number, DirectCall>();
  // While a task waits, its instance is neither running nor free, which this analysis does not cover.
  if (mentionsTasks(plan) || isVast(plan)) return direct;
  const components = new CalledComponents(plan);
  const modules = new CoreModules(plan);
  const wiring = new CoreWiring(plan, modules);
  for (const [index, lower] of plan.trampolines.entries()) {
    if (lower.tag !== 'lower' || lower.func.tag !== 'lift') continue;
    const lift = plan.lifts[lower.func.index]!;
    if (!isCoreCall(lower, lift) || modules.mayThrow(lift.instance)) continue;
    if (components.mayObserve(lower.instance, lift.instance)) continue;
    direct.set(index, wiring.mayCallFromCleaning(lower.instance, index) ? 'guarded' : 'plain');
  }
  return direct;
}

/** Real components are much smaller; larger ones must not take the host's time. */
function isVast({ instances, trampolines, coreInstances }: Plan): boolean {
  return (
    (instances.length + coreInstances) * (instances.length + trampolines.length) > MOST ||
    coreInstances > MOST_DEEP
  );
}

const MOST = 1_000_000;
/** Core instances can form a chain, each level of which costs stack. */
const MOST_DEEP = 1000;

/** Returns whether a call passes core values unchanged and needs nothing else. */
function isCoreCall(lower: Lower, lift: PlanLift): boolean {
  const { params, result } = lift.type;
  return (
    lift.instance !== lower.instance &&
    lift.core.tag === 'export' &&
    lift.options.postReturn === undefined &&
    params.length <= MAX_FLAT_PARAMS &&
    params.every(({ type }) => isCoreValue(type)) &&
    (result === undefined || isCoreValue(result))
  );
}

const CORE_VALUES: ReadonlySet<unknown> = new Set(['u32', 's32', 'u64', 's64', 'f32', 'f64']);

function isCoreValue(type: PlanLift['type']['params'][number]['type']): boolean {
  return CORE_VALUES.has(unalias(type));
}
