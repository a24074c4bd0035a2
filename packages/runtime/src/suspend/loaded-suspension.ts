import type { Component } from '../compiled-component.ts';

/** The code of the option `suspend` once `instantiate` has loaded it, for `instantiateSync`, which cannot. */
export const loadedSuspension: {
  code?: { readonly suspended: (component: Component, suspend: unknown) => Component };
} = {};

/** Does what `suspended` does. @throws Error when the code is not loaded yet */
export function suspendedHere(component: Component, suspend: unknown): Component {
  const { code } = loadedSuspension;
  if (code !== undefined) return code.suspended(component, suspend);
  throw new Error(
    '`options.suspend`: its code is not loaded yet; use `instantiate`, after which `instantiateSync` has it',
  );
}
