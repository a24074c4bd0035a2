import { compileValueEngine } from '@wit-ts/abi/compile/values';
import type { Component } from '../compiled-component.ts';
import { loadedSuspension } from './loaded-suspension.ts';
import { suspendedWith } from './suspending-component.ts';

/** Does what `suspendedWith` does. The engine that emits code is loaded in parts. */
export function suspended(component: Component, suspend: unknown): Component {
  loadedSuspension.code = { suspended };
  return suspendedWith(component, suspend, compileValueEngine);
}
