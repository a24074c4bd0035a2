/** Whether what a host gives fits a component's imports of components and core modules. */
export type { ModuleType } from '../core/module-type.ts';
export type { ModuleNames } from './given-module.ts';
export { type ComponentValue, type Given, type Misfit, misfits, moduleTypes } from './misfits.ts';
