/** For platforms that compile no WebAssembly while they run. */
import { decode } from '@wit-ts/component/explained';
import { stackModuleBytes } from '@wit-ts/concurrency/stack-modules';
import { plan } from '@wit-ts/plan';
import type { Component } from './compiled-component.ts';
import { stackModulesOf, takeStackModules } from './tasks/stack-modules.ts';

/**
 * Returns the small modules that let a component wait on a suspended stack. Compile them when the component is
 * deployed, and give them to `withStackModules`. There are none for a component that never waits, or waits in callbacks
 * only.
 *
 * @param options.suspend whether instances will have the option `suspend`; false by default
 * @throws DecodeError when the bytes are not a component
 */
export function stackModules(
  bytes: Uint8Array | ArrayBuffer,
  { suspend = false }: { readonly suspend?: boolean } = {},
): readonly Uint8Array[] {
  return [...stackModulesOf(plan(decode(bytes)), suspend).values()].map(stackModuleBytes);
}

/**
 * Gives a component the compiled modules of `stackModules`, in their order, and returns it. Instances that are made
 * after that can suspend stacks.
 *
 * @throws TypeError when the modules do not belong to the component
 */
export function withStackModules(component: Component, modules: readonly WebAssembly.Module[]): Component {
  if (takeStackModules(component.plan, modules)) return component;
  throw new TypeError(
    `these ${modules.length} modules do not belong to the component: give all that \`stackModules\` returned for it`,
  );
}
