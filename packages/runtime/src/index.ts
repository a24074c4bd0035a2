export { ComponentError, Trap } from '@wit-ts/abi';
export { DecodeError } from '@wit-ts/component/binary';
export { compile, Component, componentModules, type CompileOptions } from './component.ts';
export type { ComponentExports } from './exports.ts';
export type { Imports } from './imports.ts';
export { instantiate, instantiateSync, type InstantiateOptions } from './instantiate.ts';
export { LinkError, type LinkProblem } from './link-error.ts';
export type { Source } from './source.ts';
