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
  errorCodec,
  exportedCore,
  findInterface,
  findInWorld,
  findMember,
  Fuel,
  futureCodec,
  insideCodec,
  isClass,
  isCompiledModule,
  isInstance,
  LinkError,
  makeBackpressure,
  makeCall,
  makeContextGet,
  makeContextSet,
  makeCopy,
  makeCopyCancel,
  makeCopyDrop,
  makeCopyNew,
  makeErrorContextDebugMessage,
  makeErrorContextDrop,
  makeErrorContextNew,
  makeSubtaskCancel,
  makeSubtaskDrop,
  makeTaskCancel,
  makeTaskReturn,
  makeThreadIndex,
  makeThreadNewIndirect,
  makeThreadResumeLater,
  makeThreadSuspend,
  makeThreadThenPromote,
  makeThreadThenResume,
  makeThreadYield,
  makeWaitableJoin,
  makeWaitableSetDrop,
  makeWaitableSetNew,
  makeWaitableSetPoll,
  makeWaitableSetWait,
  member,
  plainCall,
  refuseOthers,
  staticComponent,
  staticLimits,
  staticOf,
  staticSteps,
  streamCodec,
  suspendedStacks,
  throughCore,
  tracedBy,
} from '@wit-ts/runtime/static-module';
/** For the host of WASI in a worker. */
export { callSignal } from '@wit-ts/concurrency/call-signal';
export { staticPassedOn } from './static-passed-on.ts';
export { defineMember } from './define-member.ts';
export { instanceOfGiven, isModuleOf } from './given-module.ts';
export { link } from './link.ts';
export { run, runInPage } from './run.ts';
export { decodeBase64 } from './decode-base64.ts';
