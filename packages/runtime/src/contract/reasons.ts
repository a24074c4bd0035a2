import { type Component, componentWorld } from '@wit-ts/component';
import { type Contract, mismatches, worldOf } from '@wit-ts/model';
import type { LinkProblem } from '../link-error.ts';

/** Every reason why a component does not fulfil a contract; none where it does. */
export function reasons(contract: Contract, component: Component): LinkProblem[] {
  return mismatches(componentWorld(component).world, worldOf(contract)).map((mismatch) => ({
    path: mismatch.path,
    expected: mismatch.expected ?? 'nothing',
    given: mismatch.found ?? 'nothing',
  }));
}
