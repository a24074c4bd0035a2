import { checked } from './check-limits.ts';
import { compiledWithin, compileWithin, type LoadRewriting } from './limited-modules.ts';
import type { CompiledModules, Component } from './compiled-component.ts';
import { LIMITED, METERED, type ModuleForm } from './module-form.ts';
import { Fuel } from './fuel.ts';
import type { FunctionCode } from './function-code.ts';
import { codeOf } from './mapping/mapped-code.ts';
import { InstanceBudget, tooManyInstances } from './instance-budget.ts';
import type { InstanceSetup, Limits, StartedLimits } from './limits.ts';

/** What only instances with limits need; see `limits.ts`. */

/** Does what `startLimits` does. */
export function started(given: Limits, load: LoadRewriting): StartedLimits {
  const limits = merged(checked(given));
  const { instances } = withDefaults(limits);
  return {
    limits,
    check: ({ definitions }) => {
      // Those inside nested components are counted when the plan shows how often each is instantiated.
      const made = definitions.filter(
        (each) =>
          (each.tag === 'core-instance' || each.tag === 'instance') && each.instance.tag === 'instantiate',
      ).length;
      if (instances !== undefined && made >= instances) throw tooManyInstances(instances, made + 1);
    },
    compile: async (component, modules) => {
      const compiled = await compileWithin(component, formFor(limits), load, modules);
      // What a component with imported components takes is known when they are given.
      if (component.linking === undefined) budgetOf(component, compiled, withDefaults(limits));
    },
  };
}

/** Returns what depends on the limits of a new instance. @throws what `setupOf` throws */
export async function setupWithin(
  component: Component,
  own: Limits | undefined,
  load: LoadRewriting,
): Promise<InstanceSetup> {
  const limits = limitsOf(component, own);
  return setup(component, await compileWithin(component, formFor(limits), load), limits);
}

/** Returns the same without a promise. @throws TypeError when the core modules are not compiled for the limits yet */
export function setupWithinSync(component: Component, own: Limits | undefined): InstanceSetup {
  const limits = limitsOf(component, own);
  return setup(component, compiledWithin(component, formFor(limits)), limits);
}

function setup(component: Component, compiled: CompiledModules, limits: Limits): InstanceSetup {
  const all = withDefaults(limits);
  return { ...compiled, budget: budgetOf(component, compiled, all), code: limitedCode(component, all) };
}

function limitsOf({ limits }: Component, own: Limits | undefined): Limits {
  return merged(limits, checked(own));
}

function budgetOf({ plan }: Component, { moduleLimits }: CompiledModules, limits: Limits): InstanceBudget {
  const { fuel } = limits;
  return new InstanceBudget(plan, moduleLimits, limits, typeof fuel === 'number' ? new Fuel(fuel) : fuel);
}

/** Returns how core modules must be rewritten for the limits. The other limits need no change of them. */
export function formFor({
  memoryBytes,
  tableEntries,
  instances,
  memories,
  tables,
  fuel,
}: Limits): ModuleForm {
  const isLimited = [memoryBytes, tableEntries, instances, memories, tables].some(
    (limit) => limit !== undefined,
  );
  return (isLimited ? LIMITED : 0) | (fuel === undefined ? 0 : METERED);
}

/** Returns limits that have no prototype, so that a property of `Object.prototype` limits nothing. */
export function merged(...limits: readonly (Limits | undefined)[]): Limits {
  return Object.assign(Object.create(null) as Limits, ...limits) as Limits;
}

/** What one call may lift at least, when `memoryBytes` or `valueBytes` is given. */
const LEAST_LIFTED = 2 ** 26;

/** Returns the limits with the defaults that `memoryBytes` and `valueBytes` bring. */
export function withDefaults(limits: Limits): Limits {
  const { memoryBytes, valueBytes } = limits;
  const defaults =
    memoryBytes === undefined
      ? {}
      : { tableEntries: 1e6, handles: 1e5, instances: 1e4, memories: 1e3, tables: 1e4 };
  const value = valueBytes === undefined ? memoryBytes : 4 * valueBytes;
  const lifted = value === undefined ? {} : { liftedBytes: Math.max(LEAST_LIFTED, value) };
  const given = Object.entries(limits).filter(([, limit]) => limit !== undefined);
  return merged(defaults, lifted, Object.fromEntries(given));
}

const codes = new WeakMap<Component, Map<string, FunctionCode>>();

/** Returns the code of functions with limits on values, which all instances with the same limits share. */
function limitedCode(component: Component, { valueBytes, liftedBytes }: Limits): FunctionCode {
  const key = `${valueBytes} ${liftedBytes}`;
  let known = codes.get(component);
  if (known === undefined) codes.set(component, (known = new Map()));
  let code = known.get(key);
  if (code === undefined) {
    const options = {
      ...(valueBytes === undefined ? {} : { maxBytes: valueBytes }),
      ...(liftedBytes === undefined ? {} : { maxLifted: liftedBytes }),
    };
    code = codeOf(component, options);
    known.set(key, code);
  }
  return code;
}
