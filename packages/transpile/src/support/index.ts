/** What static modules import. A bundler takes from it what one of them uses. */
export * from '@wit-ts/abi/helpers';
export {
  ComponentInstance,
  ResourceType,
  resourceDrop,
  resourceNew,
  resourceRep,
  Trap,
  trapWith,
} from '@wit-ts/abi';
export {
  bound,
  CallGuards,
  ComponentTasks,
  exportedCore,
  findInterface,
  findInWorld,
  findMember,
  isClass,
  isCompiledModule,
  isInstance,
  LinkError,
  member,
  plainCall,
  staticComponent,
  staticOf,
  staticSteps,
  throughCore,
} from '@wit-ts/runtime/static-module';
/** For the host of WASI in a worker. */
export { callSignal } from '@wit-ts/concurrency/call-signal';
export { callParts } from './call-parts.ts';
export { defineMember } from './define-member.ts';
export { link } from './link.ts';
export { run } from './run.ts';
export { decodeBase64 } from './decode-base64.ts';
