/** Checks that what a host gives for imported components and core modules has the types of the imports. */
export type { ModuleType } from '../core/module-type.ts';
export type { ModuleNames } from './given-module.ts';
export { type ComponentValue, type Given, type Misfit, misfits, moduleTypes } from './misfits.ts';
