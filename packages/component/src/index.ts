export type {
  Alias,
  Canon,
  CanonOptions,
  Component,
  CoreExternType,
  CoreFuncType,
  CoreInstance,
  CoreModuleDeclaration,
  CoreSort,
  CoreType,
  CoreValType,
  CustomSection,
  Declaration,
  DefType,
  DefValType,
  Definition,
  ExternName,
  ExternType,
  Instance,
  LabelValType,
  Limits,
  Sort,
  ValType,
} from './ast.ts';
export type { CoreItem, DefinedModuleType, ModuleType } from './core/module-type.ts';
export { readModuleType } from './core/read-module.ts';
export { DecodeError } from './decode-error.ts';
export { decode } from './decode/decode-explained.ts';
export { componentWorld } from './world/component-world.ts';
export type { Unexpressed } from '@wit-ts/model';
export type { UnwritableName } from './world/unwritable-names.ts';
export { decodeWitPackage, isWitPackage } from './world/wit-package.ts';
export { validate, type ValidateOptions } from './validate/validate.ts';
export type { Finding } from './validate/finding.ts';
