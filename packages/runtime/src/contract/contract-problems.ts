import { type Component, componentWorld } from '@wit-ts/component';
import { nearest } from '@wit-ts/diagnostics';
import {
  type Contract,
  helpFor,
  type HelpContext,
  mismatches,
  mismatchTexts,
  pathTexts,
  WorldLookup,
  worldOf,
  MOST_SUGGESTED,
} from '@wit-ts/model';
import type { LinkProblem } from '../link-error.ts';

/**
 * Returns every reason why a component does not fulfil a contract, each with what to do about it, as `wit-ts check`
 * says it. The list is empty if the component fulfils the contract.
 */
export function contractProblems(contract: Contract, component: Component): LinkProblem[] {
  const { world } = componentWorld(component);
  const target = worldOf(contract);
  const context: HelpContext = {
    component: new WorldLookup(world),
    target: new WorldLookup(target),
    gated: undefined,
    nearest,
  };
  return mismatches(world, target).map((mismatch, index) => {
    const { expected = 'nothing', found = 'nothing' } = mismatchTexts(mismatch);
    const help = helpFor(
      mismatch,
      index < MOST_SUGGESTED ? context : { ...context, nearest: () => undefined },
    );
    return { path: pathTexts(mismatch.path), expected, given: found, help };
  });
}
