/**
 * The functions and types that generated bindings import, and nothing else. The version in the path is a contract:
 * files that were generated once continue to work.
 */
import type { Contract } from '@wit-ts/model';
import { compile, Component } from '../component.ts';
import { fits } from '../contract/fits.ts';
import type { Imports } from '../imports.ts';
import { instantiate, type InstantiateOptions } from '../instantiate.ts';
import { LinkError } from '../link-error.ts';
import type { Source } from '../source.ts';

export { ComponentError } from '@wit-ts/abi';
export type { Contract } from '@wit-ts/model';
export type { Component } from '../component.ts';
export type { InstantiateOptions } from '../instantiate.ts';
export type { Source } from '../source.ts';

/**
 * A `result` that is a value, and not what a function returns or throws: `{ tag: 'ok', val }` or `{ tag: 'err', val
 * }`. A side without a payload is `void`; its objects need no `val`, and the runtime gives them none.
 */
export type Result<T, E> = ResultSide<'ok', T> | ResultSide<'err', E>;

type ResultSide<Tag, T> = [T] extends [void] ? { tag: Tag; val?: undefined } : { tag: Tag; val: T };

/** An `option` whose inner type is an option too, so that `none` and `some(none)` differ. */
export type Option<T> = { tag: 'none' } | { tag: 'some'; val: T };

/** The contracts that a component was found to fulfil. */
const verified = new WeakMap<Component, WeakSet<Contract>>();

/**
 * Instantiates a component under the contract of its bindings.
 *
 * @throws LinkError with every reason why the component does not satisfy the world, or why the imports do not fit the
 *   component
 */
export async function instantiateWorld<Exports extends object>(
  contract: Contract,
  source: Source | Component,
  imports: object,
  options: InstantiateOptions = {},
): Promise<Exports> {
  const component = source instanceof Component ? source : await compile(source, options);
  await verify(contract, component);
  return instantiate<Exports>(component, imports as Imports, options);
}

async function verify(contract: Contract, component: Component): Promise<void> {
  let contracts = verified.get(component);
  if (contracts?.has(contract) === true) return;
  if (!fits(contract, component.plan)) {
    // The code that explains is several times larger than the code that runs, and is rarely needed.
    const { reasons } = await import('../contract/reasons.ts');
    const problems = reasons(contract, component.decoded);
    if (problems.length > 0) {
      throw new LinkError(problems, `the component does not satisfy the world ${contract.world}:`);
    }
  }
  if (contracts === undefined) {
    contracts = new WeakSet();
    verified.set(component, contracts);
  }
  contracts.add(contract);
}
