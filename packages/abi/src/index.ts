export type {
  CanonicalOptions,
  CoreFunction,
  Engine,
  FuncType,
  FuseBinding,
  FuseEngine,
  FuseParty,
  FuseSpec,
  HostEngine,
  HostFunction,
  LiftBinding,
  LiftSpec,
  LowerBinding,
  LowerSpec,
  Peer,
  Prepared,
} from './engine.ts';
export type {
  CopySpec,
  CopyValues,
  CoreValue,
  FlatBinding,
  FlatSpec,
  LiftFlat,
  LoadValues,
  LowerFlat,
  MoveBinding,
  MoveFlat,
  MoveSpec,
  PreparedValues,
  StoreValues,
  ValueEngine,
  ValuesBinding,
  ValuesParty,
  ValuesSpec,
  WaitableCodec,
} from './value-engine.ts';
export { HandleTable, MAX_TABLE_LENGTH, ResourceHandle, type BorrowScope } from './handle-table.ts';
export { type HeldHandles, LimitedHandleTable } from './limited-handle-table.ts';
export { ComponentInstance, enteringSet } from './instance.ts';
export { show } from './helpers/describe.ts';
export { arrayLength, elementsOf, isBuiltIn, isPair, isPlain, memberOf } from './helpers/lower-values.ts';
export { isError, isThenable, platformClassOf } from './helpers/value-kinds.ts';
export { TRAP_MODULE, trapWith } from './helpers/unreachable.ts';
export { isObject } from './helpers/value-kinds.ts';
export { withRejection } from './helpers/refused-promises.ts';
export { passedOn } from './passed-on.ts';
export { hostValues } from './values/host-values.ts';
export { orThrow } from './values/or-throw.ts';
export { resourceDrop, resourceNew, resourceRep } from './resource-builtins.ts';
export { resourceClass, type GuestClass, type GuestResource } from './resource-class.ts';
export { ResourceType, type HostClass } from './resource-type.ts';
export { refuseLeaving } from './helpers/component-calls.ts';
export { endLends } from './helpers/handles.ts';
export { callMethod, isGuestAtFault, errorPayload } from './helpers/calls.ts';
export {
  addReasons,
  asTrap,
  CALLING,
  cannotEnter,
  cannotLeave,
  failed,
  raise,
  reasonOf,
} from './helpers/traps.ts';
export { ComponentError, Trap, type TrapCode } from './trap.ts';
export { coreSignatureOf } from './layout/core-signature.ts';
export { taskSignatureOf } from './layout/task-signature.ts';
/** Parts of the model that are needed to prepare functions for an engine. */
export {
  type FlatType,
  containsWaitables,
  mentionedTypes,
  mentionsWaitables,
  resourcesOf,
  waitablesOf,
} from '@wit-ts/model/layout';
