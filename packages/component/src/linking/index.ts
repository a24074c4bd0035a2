/** Checks that what a host gives for imported components and core modules has the types of the imports. */
export type { ModuleType } from '../core/module-type.ts';
export type { ModuleNames } from './given-module.ts';
export {
  type ComponentValue,
  type Given,
  type ImportMismatch,
  importMismatches,
  moduleTypes,
} from './import-mismatches.ts';
