import type { Component } from './component.ts';
import { type Limits, moduleKey } from './limits.ts';

/**
 * Returns the core modules of a component under the limits, without a promise.
 *
 * @throws TypeError when the core modules are not compiled for the limits yet
 */
export function compiledWithin(component: Component, limits: Limits): readonly WebAssembly.Module[] {
  const key = moduleKey(limits);
  const modules = component.compiled.get(key) ?? component.linking?.gather(limits);
  if (modules !== undefined) {
    component.compiled.set(key, modules);
    return modules;
  }
  throw new TypeError(
    'the core modules are not compiled for these limits yet: give the same limits to `compile`, or use `instantiate` once',
  );
}
