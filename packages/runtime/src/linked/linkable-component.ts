import { referenceEngine } from '@wit-ts/abi/reference';
import { decode } from '@wit-ts/component/explained';
import { mentionsTasks, plan, type Plan } from '@wit-ts/plan';
import * as calls from '../calls/index.ts';
import { type CompiledModules, Component } from '../compiled-component.ts';
import type { StartedLimits } from '../limits.ts';
import { Linking } from '../linking/linking.ts';
import type { LinkedTasks } from './linked-tasks.ts';

/** What a component has that no code is loaded for. */
interface LinkableParts {
  /** The limits of instances that are made without limits. */
  readonly limits?: Pick<StartedLimits, 'limits' | 'check'> | undefined;
  /** The core modules, compiled as they are; absent when they are compiled for limits, or when nothing runs. */
  readonly modules?: CompiledModules | undefined;
  /** Absent if none of the components that are linked has tasks. */
  readonly tasks?: LinkedTasks | undefined;
  /** Modules with which stacks are suspended, by their keys; absent where they are compiled when they are needed. */
  readonly stacks?: ReadonlyMap<string, WebAssembly.Module> | undefined;
}

/**
 * Returns a component that may be linked with others, of its bytes. No code is loaded later, and its functions are
 * made by the reference engine, which emits no code.
 *
 * @throws DecodeError when the bytes are not a component
 * @throws LinkError when the component exceeds its limits from the start
 * @throws TypeError when it has tasks, and the code for them is not there
 */
export function linkableComponent(
  bytes: Uint8Array,
  { limits, modules, tasks, stacks }: LinkableParts,
): Component {
  const decoded = decode(bytes);
  limits?.check(decoded);
  const flat = plan(decoded);
  if (tasks === undefined) refuseTasks(flat);
  return new Component({
    bytes,
    decoded,
    plan: flat,
    engine: { host: referenceEngine, calls: referenceEngine, values: referenceEngine },
    parts: { calls, tasks: tasks?.partsWith(stacks), resources: referenceEngine.resources },
    limits: limits?.limits,
    modules,
    link: (component) => new Linking(component),
  });
}

/** @throws TypeError for a component with tasks, in a module without the code for them */
export function refuseTasks(flat: Plan): void {
  if (mentionsTasks(flat)) throw new TypeError(NO_TASKS);
}

const NO_TASKS =
  'the component has tasks, streams or futures, and this module was written without the code for them: write a static ' +
  'module of that component';
