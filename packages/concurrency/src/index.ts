/** Tasks, streams and futures (`Concurrency.md`, and the part of `CanonicalABI.md` that belongs to them). */
export { backpressure, contextGet, contextSet, taskCancel, taskReturn } from './builtins/tasks.ts';
export { type CopyBuiltin, copy, copyCancel, copyDrop, copyNew } from './builtins/copies.ts';
export {
  errorContextDebugMessage,
  errorContextDrop,
  errorContextNew,
  type MessageCodec,
} from './builtins/error-contexts.ts';
export { subtaskCancel, subtaskDrop } from './builtins/subtasks.ts';
export {
  threadIndex,
  threadNewIndirect,
  threadResumeLater,
  threadSuspend,
  threadThenPromote,
  threadThenResume,
  threadYield,
} from './builtins/threads.ts';
export {
  waitableJoin,
  waitableSetDrop,
  waitableSetNew,
  waitableSetPoll,
  waitableSetWait,
} from './builtins/waitable-sets.ts';
export { type ElementCodec } from './buffer.ts';
export { type CopyType } from './copy-end.ts';
export { componentEndCodec, errorContextCodec } from './end-codecs.ts';
export { ErrorContext } from './error-context.ts';
export { type HostElements, hostFutureCodec, hostStreamCodec } from './host/codecs.ts';
export { immediateExport, promisedExport } from './host/exports.ts';
export { lowerHostFunction } from './host/imports.ts';
export { CanonLift } from './lift.ts';
export { lowerComponentFunction } from './lower.ts';
export { plainExport, startIn, taskCleanup, taskCore, taskPostReturn } from './plain-calls.ts';
export { type Scheduler } from './scheduler.ts';
export { type CoreSignature } from './stack/modules.ts';
export { type CallObserver, type ObservedCall, type Observer } from './observer.ts';
export { type MakeStacks, suspendedStacks } from './stack/stacks.ts';
export { Store, type StoreOptions } from './store.ts';
