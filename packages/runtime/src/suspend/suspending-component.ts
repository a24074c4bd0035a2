import type { ValueEngine } from '@wit-ts/abi';
import type { Plan } from '@wit-ts/plan';
import { Component } from '../compiled-component.ts';
import { codeOf } from '../mapping/mapped-code.ts';
import * as tasks from '../tasks/index.ts';
import { type CheckedSuspend, checkedSuspend } from './checked-suspend.ts';
import { suspensionOf } from './waiting-functions.ts';

/** The components that suspend, by the component without suspension and by the functions that wait. */
const known = new WeakMap<Component, Map<string, Component>>();

/**
 * Returns a component whose instances wait for functions that are synchronous in WIT: they have tasks, also if nothing
 * in the component mentions them.
 *
 * @param values passes the values of tasks, if the component has no engine for that
 * @throws TypeError when the option is not one, or names an unknown function
 */
export function suspendedWith(component: Component, suspend: unknown, values?: ValueEngine): Component {
  const checked = checkedSuspend(suspend);
  let variants = known.get(component);
  if (variants === undefined) known.set(component, (variants = new Map()));
  const key = JSON.stringify(checked);
  let variant = variants.get(key);
  if (variant === undefined) variants.set(key, (variant = made(component, checked, values)));
  return variant;
}

function made(component: Component, suspend: CheckedSuspend, values: ValueEngine | undefined): Component {
  const { linking, mapping } = component;
  const engine = { ...component.engine, values: component.engine.values ?? values };
  const suspension = suspensionOf(component.plan, suspend);
  const taskWirer = (plan: Plan) => tasks.taskWirer(plan, suspension);
  const parts = { ...component.parts, tasks: { ...tasks, taskWirer } };
  return new SuspendingComponent(component, {
    ...component,
    engine,
    code: codeOf({ engine, parts, mapping }),
    parts,
    link: linking && (() => linking),
  });
}

/** A component with the core modules of another one. It has tasks although nothing in it mentions them. */
class SuspendingComponent extends Component {
  override readonly hasTasks: boolean = true;
  override readonly compiled: Component['compiled'];

  constructor({ compiled }: Component, parts: ConstructorParameters<typeof Component>[0]) {
    super(parts);
    this.compiled = compiled;
  }
}
