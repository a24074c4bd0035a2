import type { Component } from '@wit-ts/component';
import type { Adopt } from './host-imports.ts';
import type { Plan } from './plan.ts';
import { planTexts } from './plan-texts.ts';
import { planWith } from './planner.ts';

/**
 * Inlines a component: evaluates its definitions once, as an instance would, and notes what only an instance can do.
 *
 * @param adopt gives the components that this one imports, and what is around it, when those are known. Without them
 *   the plan of a component that imports components only says what they have to be, and its steps cannot run
 * @throws DecodeError when an index or a name leads nowhere, or the component is too complex
 */
export function plan(component: Component, adopt?: Adopt): Plan {
  return planWith(component, adopt, planTexts);
}
