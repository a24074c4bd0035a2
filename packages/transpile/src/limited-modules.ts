import type { Plan } from '@wit-ts/plan';
import type { Limits } from '@wit-ts/runtime';
import {
  checkedLimits,
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
 * Rewrites the core modules of a component for limits.
 *
 * @throws DecodeError when a core module cannot be rewritten
 * @throws TypeError when a limit is not one
 */
export function limitedModules({ modules }: Plan, given: Limits | undefined): LimitedModules {
  if (given === undefined) return { modules };
  const limits = checkedLimits(given);
  if (limits.fuel instanceof Fuel)
    throw new TypeError('limits.fuel: expected an amount; instances can share a `Fuel`, which they get');
  const form = formFor(limits);
  const written = modules.map((bytes) => rewritten(bytes, form));
  const moduleLimits = written.flatMap(({ use, isLimited }) =>
    use === undefined ? [] : [{ use, isRewritten: isLimited }],
  );
  const { valueBytes, liftedBytes } = withDefaults(limits);
  return {
    modules: written.map(({ bytes }) => bytes),
    limits,
    ...(moduleLimits.length > 0 && { moduleLimits }),
    values: {
      ...(valueBytes === undefined ? {} : { maxBytes: valueBytes }),
      ...(liftedBytes === undefined ? {} : { maxLifted: liftedBytes }),
    },
  };
}
