import type { Component } from '@wit-ts/component';
import type { Adopt } from './adopted.ts';
import { FullPlanner } from './full-planner.ts';
import type { Plan } from './plan.ts';

/**
 * Inlines a component: evaluates its definitions once, as an instance would, and lists the steps that only an instance
 * can run.
 *
 * @param adopt gives the components that this one imports, and the index spaces around it, if they are known. Without
 * them, the plan of a component that imports components has only their types, and its steps cannot run
 * @throws DecodeError when an index or a name does not exist, or the component is too complex
 */
export function plan(component: Component, adopt?: Adopt): Plan {
  return new FullPlanner().runWith(component, adopt);
}
