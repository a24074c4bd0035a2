// oxlint-disable-next-line import/no-unassigned-import -- it gives the engine where a file is not loaded later
import '#engine';
export { ComponentError, Trap, type TrapCode } from '@wit-ts/abi';
export type {
  CallOptions,
  ErrorContext,
  Future,
  FutureSource,
  Stream,
  StreamRead,
  StreamReadOptions,
  StreamSource,
  StreamValue,
  Suspend,
} from './async-types.ts';
export { DecodeError } from '@wit-ts/component/binary';
export { callSignal } from '@wit-ts/concurrency/call-signal';
export type { EngineChoice } from './choose-engine.ts';
export { compile, type CompileOptions } from './component.ts';
export { Component, type TransferableComponent } from './compiled-component.ts';
export { componentModules } from './component-modules.ts';
export { Fuel } from './fuel.ts';
export type { ComponentExports } from './instance/exports.ts';
export type { Imports } from './imports.ts';
export { instantiate, type InstantiateOptions } from './instantiate.ts';
export { instantiateSync } from './instantiate-sync.ts';
export type { MappingChoices } from '@wit-ts/mapping';
export type { Limits } from './limits.ts';
export { LinkError, type LinkProblem } from './link-error.ts';
export type { Source } from './source.ts';
export type { CallEvent, TaskEvent, Trace, TraceEvent } from './trace/trace-event.ts';
