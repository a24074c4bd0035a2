import type { HostEngine } from '@wit-ts/abi';
import { mentionsTasks, type Plan, type PlanExport } from '@wit-ts/plan';
import { partNotLoaded } from './engine/host-engine.ts';

/** What a component needs that most components do not. */
export interface Needs {
  /** Functions go from one component to another inside, or from the imports to the exports. */
  readonly calls: boolean;
  /** Something is asynchronous, or asks for the task that it runs in. */
  readonly tasks: boolean;
  /** Resources are defined, imported or used. */
  readonly resources: boolean;
}

/** The parts of the runtime and of the engine that are loaded only for components that need them. */
export interface OptionalParts {
  /**
   * Absent when it is not needed or could not be loaded: an engine then makes all calls, and passes functions on
   * unchecked.
   */
  readonly calls: typeof import('./calls/index.ts') | undefined;
  readonly tasks: typeof import('./tasks/index.ts') | undefined;
  readonly resources: HostEngine['resources'];
}

/** Loads the parts that a component needs, all at the same time. */
export async function loadParts(needs: Needs): Promise<Omit<OptionalParts, 'resources'>> {
  const [calls, tasks] = await Promise.all([
    needs.calls ? import('./calls/index.ts').catch(() => undefined) : undefined,
    needs.tasks ? import('./tasks/index.ts').catch(partNotLoaded) : undefined,
  ]);
  return { calls, tasks };
}

export function needsOf(plan: Plan): Needs {
  // The components that the host gives may need anything.
  if (plan.higherOrder === true) return { calls: true, tasks: true, resources: true };
  return {
    calls:
      plan.trampolines.some((each) => each.tag === 'lower' && each.func.tag === 'lift') ||
      plan.lifts.some(({ core }) => core.tag === 'trampoline') ||
      passesOn(plan.exports),
    tasks: mentionsTasks(plan),
    resources: plan.resources.length > 0,
  };
}

/** Returns true when a function is exported as it was imported. */
function passesOn(exports: ReadonlyMap<string, PlanExport>): boolean {
  for (const item of exports.values()) {
    if (item.tag === 'func' && item.func.tag === 'import') return true;
    if (item.tag !== 'instance') continue;
    // Instances inside instances may be many, and share parts. They count as if they passed a function on.
    for (const inner of item.exports.values())
      if (inner.tag === 'instance' || (inner.tag === 'func' && inner.func.tag === 'import')) return true;
  }
  return false;
}
