import type { ModuleNode } from '@wit-ts/component/elaborate';
import type { ModuleRef } from './plan.ts';

/**
 * The imports that core modules are which only their type describes. Each evaluation makes its own nodes, so those of
 * all plans can share one map, and a plan can look up a module of the plan that it was taken from.
 */
export const importedModules = new WeakMap<ModuleNode, Extract<ModuleRef, { tag: 'import' }>>();
