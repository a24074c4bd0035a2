import type { ModuleNode } from '@wit-ts/component/elaborate';
import type { ModuleRef } from './plan.ts';

/**
 * The import of each core module of which only the type is known. Each evaluation makes its own nodes, so all plans can
 * share one map, and a plan can look up a module of the plan that it was made from.
 */
export const importedModules = new WeakMap<ModuleNode, Extract<ModuleRef, { tag: 'import' }>>();
