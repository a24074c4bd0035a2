import { referenceEngine } from '@wit-ts/abi/reference';
import { suspendedStacks } from '@wit-ts/concurrency';
import { decode } from '@wit-ts/component/explained';
import { plan } from '@wit-ts/plan';
import * as calls from '../calls/index.ts';
import { type CompiledModules, Component } from '../compiled-component.ts';
import type { StartedLimits } from '../limits.ts';
import { Linking } from '../linking/linking.ts';
import * as tasks from '../tasks/index.ts';

/** What a component has that no code is loaded for. */
interface LinkableParts {
  /** The limits of instances that are made without limits. */
  readonly limits?: Pick<StartedLimits, 'limits' | 'check'> | undefined;
  /** The core modules, compiled as they are; absent when they are compiled for limits, or when nothing runs. */
  readonly modules?: CompiledModules | undefined;
  /** Modules with which stacks are suspended, by their keys; absent where they are compiled when they are needed. */
  readonly stacks?: ReadonlyMap<string, WebAssembly.Module> | undefined;
}

/**
 * Returns a component that may be linked with others, of its bytes. Everything that it or a component that is given to
 * it may need is there, so that no code is loaded later, and its functions are made by the reference engine, which
 * emits no code.
 *
 * @throws DecodeError when the bytes are not a component
 * @throws LinkError when the component exceeds its limits from the start
 */
export function linkableComponent(
  bytes: Uint8Array,
  { limits, modules, stacks }: LinkableParts = {},
): Component {
  const decoded = decode(bytes);
  limits?.check(decoded);
  const taskParts =
    stacks === undefined ? tasks.taskParts : { ...tasks.taskParts, stacks: () => suspendedStacks(stacks) };
  return new Component({
    bytes,
    decoded,
    plan: plan(decoded),
    engine: { host: referenceEngine, calls: referenceEngine, values: referenceEngine },
    parts: { calls, tasks: { ...tasks, taskParts }, resources: referenceEngine.resources },
    limits: limits?.limits,
    modules,
    link: (component) => new Linking(component),
  });
}
