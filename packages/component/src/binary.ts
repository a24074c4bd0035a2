/**
 * Decodes components for hosts that run them, without validation and without worlds. `@wit-ts/component` has the rest.
 */
export { memoryAddress } from './core/memory-address.ts';
export { DecodeError, NOT_LOADED } from './decode-error.ts';
export { ByteReader } from './decode/byte-reader.ts';
export { decodeWith } from './decode/decode.ts';
export { readModuleType } from './core/read-module.ts';
export type { CoreItem, DefinedModuleType, ModuleType } from './core/module-type.ts';
