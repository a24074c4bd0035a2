import { type Component, componentWorld } from '@wit-ts/component';
import { type Contract, mismatches, mismatchTexts, pathTexts, worldOf } from '@wit-ts/model';
import type { LinkProblem } from '../link-error.ts';

/** Returns every reason why a component does not fulfil a contract; an empty list if it does. */
export function reasons(contract: Contract, component: Component): LinkProblem[] {
  return mismatches(componentWorld(component).world, worldOf(contract)).map((mismatch) => {
    const { expected = 'nothing', found = 'nothing' } = mismatchTexts(mismatch);
    return { path: pathTexts(mismatch.path), expected, given: found };
  });
}
