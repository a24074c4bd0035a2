import type { MappingChoices } from '@wit-ts/mapping';
import type { Suspend } from './async-types.ts';
import type { Component } from './compiled-component.ts';
import { partNotLoaded } from './engine/host-engine.ts';

/** Options that few instances have, and that change the component itself. */
interface VariantOptions {
  readonly mapping?: MappingChoices | undefined;
  readonly suspend?: Suspend | undefined;
}

/** Returns a component whose instances have the options. @throws TypeError when one of them is not what it must be */
export async function variantFor(
  component: Component,
  { mapping, suspend }: VariantOptions,
): Promise<Component> {
  const mapped =
    mapping === undefined
      ? component
      : (await import('./mapping/mapped-component.ts').catch(partNotLoaded)).mapped(component, mapping);
  return suspend === undefined
    ? mapped
    : (await import('./suspend/index.ts').catch(partNotLoaded)).suspended(mapped, suspend);
}
