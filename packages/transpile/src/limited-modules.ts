import type { Plan } from '@wit-ts/plan';
import type { Limits } from '@wit-ts/runtime';
import {
  checkedLimits,
  checkUseAtStart,
  Fuel,
  formFor,
  type ModuleLimit,
  rewritten,
  withDefaults,
} from '@wit-ts/runtime/static-module';

/** The core modules of a component, rewritten for the limits of its instances. */
export interface LimitedModules {
  readonly modules: readonly Uint8Array[];
  /** Absent if instances have no limits. */
  readonly limits?: Limits;
  /** What each core module takes; absent if no limit concerns core modules. */
  readonly moduleLimits?: readonly ModuleLimit[];
  /** The limits on values, which are a part of the code. */
  readonly values?: { readonly maxBytes?: number; readonly maxLifted?: number };
}

/**
 * Rewrites core modules for limits.
 *
 * @param plan the plan of an instance; absent for a component that is linked when its module runs
 * @throws DecodeError when a core module cannot be rewritten
 * @throws LinkError when an instance exceeds the limits from the start, so that it could never be made
 * @throws TypeError when a limit is not one
 */
export function limitedModules(
  modules: readonly Uint8Array[],
  given: Limits | undefined,
  plan: Plan | undefined,
): LimitedModules {
  if (given === undefined) return { modules };
  const limits = checkedLimits(given);
  if (limits.fuel instanceof Fuel)
    throw new TypeError('limits.fuel: expected an amount; instances can share a `Fuel`, which they get');
  const form = formFor(limits);
  const written = modules.map((bytes) => rewritten(bytes, form));
  const moduleLimits = written.flatMap(({ use, isLimited }) =>
    use === undefined ? [] : [{ use, isRewritten: isLimited }],
  );
  const all = withDefaults(limits);
  const known = moduleLimits.length > 0 ? moduleLimits : undefined;
  if (known !== undefined && plan !== undefined) checkUseAtStart(plan, known, all);
  const { valueBytes, liftedBytes } = all;
  return {
    modules: written.map(({ bytes }) => bytes),
    limits,
    ...(known !== undefined && { moduleLimits: known }),
    values: {
      ...(valueBytes === undefined ? {} : { maxBytes: valueBytes }),
      ...(liftedBytes === undefined ? {} : { maxLifted: liftedBytes }),
    },
  };
}

/** Returns true if core modules are rewritten for limits. @throws TypeError when a limit is not one */
export function rewritesModules(limits: Limits | undefined): boolean {
  return limits !== undefined && formFor(checkedLimits(limits)) !== 0;
}
