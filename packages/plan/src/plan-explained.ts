import type { Component } from '@wit-ts/component';
import type { Adopt } from './host-imports.ts';
import type { Plan } from './plan.ts';
import { planTexts } from './plan-texts.ts';
import { planWith } from './planner.ts';

/**
 * Inlines a component: evaluates its definitions once, as an instance would, and lists the steps that only an instance
 * can run.
 *
 * @param adopt gives the components that this one imports, and the index spaces around it, if they are known. Without
 * them, the plan of a component that imports components has only their types, and its steps cannot run
 * @throws DecodeError when an index or a name does not exist, or the component is too complex
 */
export function plan(component: Component, adopt?: Adopt): Plan {
  return planWith(component, adopt, planTexts);
}
