/** For hosts that run core modules without a component, such as programs of WASI preview 1. */
export { reasonOf } from '@wit-ts/abi';
export { compileCoreModule, type CoreModuleLimits, LimitedCoreModule } from './limited-core-module.ts';
