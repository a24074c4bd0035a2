import { compileValueEngine } from '@wit-ts/abi/compile/values';
import type { Plan } from '@wit-ts/plan';
import { Component } from '../component.ts';
import { codeOf } from '../mapping/mapped-code.ts';
import * as tasks from '../tasks/index.ts';
import { type CheckedSuspend, checkedSuspend } from './checked-suspend.ts';
import { loadedSuspension } from './loaded-suspension.ts';
import { suspensionOf } from './waiting-functions.ts';

/** The components that suspend, by the component without suspension and by the functions that wait. */
const known = new WeakMap<Component, Map<string, Component>>();

/**
 * Returns a component whose instances wait for functions that are synchronous in WIT: they have tasks, also if nothing
 * in the component mentions them.
 *
 * @throws TypeError when the option is not one, or names an unknown function
 */
export function suspended(component: Component, suspend: unknown): Component {
  loadedSuspension.code = { suspended };
  const checked = checkedSuspend(suspend);
  let variants = known.get(component);
  if (variants === undefined) known.set(component, (variants = new Map()));
  const key = JSON.stringify(checked);
  let variant = variants.get(key);
  if (variant === undefined) variants.set(key, (variant = made(component, checked)));
  return variant;
}

function made(component: Component, suspend: CheckedSuspend): Component {
  const { linking, mapping } = component;
  // The engine that emits code is loaded in parts.
  const engine = { ...component.engine, values: component.engine.values ?? compileValueEngine };
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
