/**
 * Reading alone, for those who run components: without validation, and without the world in WIT's terms. The rest is in
 * `@wit-ts/component`.
 */
export { memoryAddress } from './core/memory-address.ts';
export { DecodeError } from './decode-error.ts';
export { decode } from './decode/decode.ts';
export { readModuleType } from './core/read-module.ts';
export type { CoreItem, DefinedModuleType, ModuleType } from './core/module-type.ts';
