import type { Plan } from '@wit-ts/plan';
import { checked } from './check-limits.ts';
import { Fuel } from './fuel.ts';
import { InstanceBudget, type ModuleLimit } from './instance-budget.ts';
import { formFor, merged, withDefaults } from './limited-instances.ts';
import type { Limits } from './limits.ts';

/** Makes what the instances of a static module may use, from the limits of one instance. */
export type StaticLimits = (plan: Plan, own: Limits | undefined) => InstanceBudget;

/**
 * Returns what makes the budgets of the instances of a static module.
 *
 * @param limits those that the component was transpiled with
 * @param modules of each core module; absent when none of the limits concerns core modules
 */
export function staticLimits(limits: Limits, modules?: readonly ModuleLimit[]): StaticLimits {
  return (plan, own) => {
    const given = checked(own);
    for (const name of ['valueBytes', 'liftedBytes'] as const)
      if (given[name] !== undefined)
        throw new TypeError(`limits.${name}: it is a part of the code: give it to \`transpile\``);
    const all = mergedLimits(limits, given);
    const { fuel } = all;
    return new InstanceBudget(
      plan,
      modules,
      withDefaults(all),
      typeof fuel === 'number' ? new Fuel(fuel) : fuel,
    );
  };
}

/**
 * Returns the limits of one instance, and those that its module was written with for the rest.
 *
 * @throws TypeError when core modules would have to be rewritten for them
 */
export function mergedLimits(limits: Limits, own: Limits): Limits {
  const all = merged(limits, own);
  if ((formFor(all) & ~formFor(limits)) !== 0)
    throw new TypeError(
      `limits: the core modules were not rewritten for ${Object.keys(own).join(', ')}: give it to \`transpile\`, too`,
    );
  return all;
}
