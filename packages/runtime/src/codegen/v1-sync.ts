/**
 * The functions that bindings with `instantiateSync` import. They are apart from `v1.ts` because they bring the code
 * that explains what is wrong, which asynchronous functions load only when something is.
 */
import type { MappingChoices } from '@wit-ts/mapping';
import type { Contract } from '@wit-ts/model';
import type { Component } from '../compiled-component.ts';
import type { InstantiateOptions } from './v1.ts';
import { underContract } from '../contract/contract-names.ts';
import { contractProblems } from '../contract/contract-problems.ts';
import { fits } from '../contract/fits.ts';
import { readContract } from '../contract/read-contract.ts';
import {
  namesMayClash,
  refuseProblems,
  rememberVerified,
  verifiedComponent,
} from '../contract/verified-components.ts';
import type { Imports } from '../imports.ts';
import { mapped } from '../mapping/mapped-component.ts';
import { instantiateSync, refuseUncompiled } from '../instantiate-sync.ts';

/**
 * Instantiates a compiled component under the contract of its bindings, without a promise.
 *
 * @param contract as for `instantiateWorld` of `v1.ts`
 * @param mapping as for `instantiateWorld` of `v1.ts`
 * @throws LinkError with every reason why the component does not satisfy the world, or why the imports do not fit the
 *   component
 */
export function instantiateWorldSync<Exports extends object>(
  contract: string | Contract,
  component: Component,
  imports: object = {},
  options: InstantiateOptions = {},
  mapping?: MappingChoices,
): Exports {
  refuseUncompiled(component);
  const own = mapping === undefined ? component : mapped(component, mapping);
  return instantiateSync<Exports>(verify(readContract(contract), own), imports as Imports, {
    ...options,
    mapping,
  });
}

/** `instantiateUnchecked` of `v1.ts` for a compiled component, without a promise. */
export function instantiateUncheckedSync<Exports extends object>(
  component: Component,
  imports: object = {},
  options: InstantiateOptions = {},
  mapping?: MappingChoices,
): Exports {
  return instantiateSync<Exports>(component, imports as Imports, { ...options, mapping });
}

function verify(contract: Contract, component: Component): Component {
  const known = verifiedComponent(contract, component);
  if (known !== undefined) return known;
  if (!fits(contract, component.plan))
    refuseProblems(contract, contractProblems(contract, component.decoded));
  const named = namesMayClash(contract, component.plan) ? underContract(contract, component) : component;
  return rememberVerified(contract, component, named);
}
