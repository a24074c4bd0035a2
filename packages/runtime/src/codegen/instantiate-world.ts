import type { MappingChoices } from '@wit-ts/mapping';
import type { Contract } from '@wit-ts/model';
import type { Component } from '../compiled-component.ts';
import { componentOf, type ComponentSource } from '../component.ts';
import { partNotLoaded } from '../engine/host-engine.ts';
import type { Imports } from '../imports.ts';
import { type GeneratedOptions, instantiate } from '../instantiate.ts';
import { fits } from '../contract/fits.ts';
import { readContract } from '../contract/read-contract.ts';
import {
  namesMayClash,
  refuseProblems,
  rememberVerified,
  verifiedComponent,
} from '../contract/verified-components.ts';

/**
 * Instantiates a component under the contract of its bindings.
 *
 * @param contract the text that `contractText` of `@wit-ts/model` writes, or the contract itself
 * @param mapping the choices for which the bindings were generated
 * @throws LinkError with every reason why the component does not satisfy the world, or why the imports do not fit the
 *   component
 */
export async function instantiateWorld<Exports extends object>(
  contract: string | Contract,
  source: ComponentSource,
  imports: object = {},
  options: GeneratedOptions = {},
  mapping?: MappingChoices,
): Promise<Exports> {
  const compiled = await componentOf(source, options);
  const component =
    mapping === undefined
      ? compiled
      : await (
          await import('../component-variants.ts').catch(partNotLoaded)
        ).variantFor(compiled, { mapping });
  const verified = await verify(readContract(contract), component);
  return instantiate<Exports>(verified, imports as Imports, { ...options, mapping });
}

/**
 * Instantiates a component of which bindings without a contract assume that it is one of their world. Where two names
 * are one in JavaScript, the order in the component decides which of them has it.
 *
 * @param mapping as for `instantiateWorld`
 * @throws LinkError with every reason why the imports do not fit the component
 */
export function instantiateUnchecked<Exports extends object>(
  source: ComponentSource,
  imports: object = {},
  options: GeneratedOptions = {},
  mapping?: MappingChoices,
): Promise<Exports> {
  return instantiate<Exports>(source, imports as Imports, { ...options, mapping });
}

async function verify(contract: Contract, component: Component): Promise<Component> {
  const known = verifiedComponent(contract, component);
  if (known !== undefined) return known;
  if (!fits(contract, component.plan)) {
    // The code that explains is several times larger than the code that runs, and is rarely needed.
    refuseProblems(
      contract,
      (await import('../contract/contract-problems.ts').catch(partNotLoaded)).contractProblems(
        contract,
        component.decoded,
      ),
    );
  }
  const named = namesMayClash(contract, component.plan)
    ? (await import('../contract/contract-names.ts').catch(partNotLoaded)).underContract(contract, component)
    : component;
  return rememberVerified(contract, component, named);
}
