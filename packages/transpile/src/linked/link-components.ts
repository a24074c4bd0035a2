import type { Component as DecodedComponent } from '@wit-ts/component';
import type { Plan, PlanExport } from '@wit-ts/plan';
import { type Component, linkableComponent, linkedTasks } from '@wit-ts/runtime/linked-module';
import { type GivenComponent, givenComponents } from './given-components.ts';
import { mayHaveTasks } from './may-have-tasks.ts';

/** A component that imports or exports components or core modules, with the components that are given for it. */
export interface LinkedComponent {
  /** The plan in which the given components are inlined. */
  readonly plan: Plan;
  /** The plan of the component itself, and that of each component that is given. */
  readonly parts: readonly Plan[];
  readonly given: readonly GivenComponent[];
  /** Whether the plan is made again when the module runs: components are still imported, or are exported. */
  readonly isOpen: boolean;
  /** Whether core modules must be compiled from the component when the module runs: as they are, and not rewritten. */
  readonly keepsCode: boolean;
  /** Whether a component that is linked may have tasks. */
  readonly mayHaveTasks: boolean;
}

/**
 * Links a component with the components that are given when its static module is written.
 *
 * @param isRewritten whether core modules are rewritten for limits. What instances export is not, and can be read only
 *   from the component
 * @throws DecodeError when one of them is not a component
 * @throws LinkError when one has another type than its import
 * @throws TypeError when one is given for an import that does not exist
 */
export function linkComponents(
  bytes: Uint8Array,
  components: Readonly<Record<string, Uint8Array>>,
  isRewritten: boolean,
): LinkedComponent {
  const component = linkableComponent(bytes, { tasks: linkedTasks });
  const given = givenComponents(component.plan.imports, components);
  const parts = new Map<string, Component>();
  for (const { path, bytes: part } of given)
    parts.set(JSON.stringify(path), linkableComponent(part, { tasks: linkedTasks }));
  const { plan } = component.linking!.withComponents(parts);
  const isOpen =
    plan.imports.some(({ item }) => item.tag === 'component') ||
    exportsSome(
      plan.exports,
      (item) => item.tag === 'component' || (item.tag === 'none' && item.component === true),
    );
  const exportsModules = exportsSome(
    plan.exports,
    (item) => item.tag === 'module' && item.module.tag === 'module',
  );
  return {
    plan,
    parts: [component, ...parts.values()].map((each) => each.plan),
    given,
    isOpen: isOpen || (isRewritten && exportsModules),
    mayHaveTasks: [component, ...parts.values()].some(({ decoded }) => mayHaveTasks(decoded)),
    keepsCode: isRewritten && (exportsModules || mentionsModules(component.decoded)),
  };
}

function exportsSome(
  exports: ReadonlyMap<string, PlanExport>,
  isOne: (item: PlanExport) => boolean,
): boolean {
  // Instances inside instances may be many, and share parts. What is added to a set while it is iterated is visited.
  const all = new Set([exports]);
  for (const each of all) {
    for (const item of each.values()) {
      if (isOne(item)) return true;
      if (item.tag === 'instance') all.add(item.exports);
    }
  }
  return false;
}

/** Returns true if a component inside, which may be exported, may export core modules. */
function mentionsModules({ definitions }: DecodedComponent): boolean {
  return definitions.some((each) => {
    if (each.tag === 'component') return mentionsModules(each.component);
    if (each.tag === 'export') return each.sort === 'core module';
    return (
      each.tag === 'instance' &&
      each.instance.tag === 'exports' &&
      each.instance.exports.some(({ sort }) => sort === 'core module')
    );
  });
}
