import type { Component } from './component.ts';

let code: typeof import('./suspend/index.ts') | undefined;

/** Returns the component for instances with the option `suspend`, whose code is loaded when one needs it first. */
export async function suspendedOnDemand(component: Component, suspend: unknown): Promise<Component> {
  code ??= await import('./suspend/index.ts');
  return code.suspendedComponent(component, suspend);
}

/** Does the same without a promise. @throws Error when the code is not loaded yet */
export function suspendedHere(component: Component, suspend: unknown): Component {
  if (code === undefined) {
    throw new Error(
      '`options.suspend`: its code is not loaded yet; use `instantiate`, after which `instantiateSync` has it',
    );
  }
  return code.suspendedComponent(component, suspend);
}
