/** For the printer of static modules, and for the modules that it prints. */
export { isSameType } from './tasks/same-type.ts';
export { checkedSuspend } from './suspend/checked-suspend.ts';
export { suspensionOf } from './suspend/waiting-functions.ts';
export { needsOf, loadParts } from './optional-parts.ts';
export { wire } from './wiring/wire.ts';
export type {
  CleanupFunction,
  ExportWiring,
  FusedCall,
  TaskBuiltin,
  FunctionWiring,
  HostCall,
  LiftedCore,
  LiftedFunction,
  LoweredFunction,
  OptionsWiring,
  TrampolineWiring,
  Wiring,
} from './wiring/wiring.ts';
export { withOwnNames } from './mapping/own-names.ts';
export { importSitesOf } from './import-sites.ts';
export { expectedItem } from './expected-item.ts';
export { refuseOthers, staticComponent, staticSteps } from './static-instance.ts';
export { staticLimits } from './static-limits.ts';
export { tracedBy } from './trace.ts';
export { Fuel } from './fuel.ts';
export { checked as checkedLimits } from './check-limits.ts';
export { formFor, withDefaults } from './limited-instances.ts';
export { rewritten } from './rewritten-module.ts';
export { typedFunction } from './linking/given-modules.ts';
export { typedModuleBytes } from './linking/typed-module.ts';
export { checkUseAtStart, type ModuleLimit } from './instance-budget.ts';
export { ComponentTasks } from './tasks/component-tasks.ts';
export { builtinNames } from './tasks/all-builtins.ts';
export * from './tasks/builtins.ts';
export { errorCodec, futureCodec, insideCodec, streamCodec } from './tasks/codecs.ts';
export { suspendedStacks } from '@wit-ts/concurrency';
export { makeCall } from './calls/make-call.ts';
export { CallGuards, throughCore } from './calls/call-guards.ts';
export { plainCall } from './instance/plain-call.ts';
export { exportedCore } from './instance/exported-core.ts';
export {
  bound,
  findInterface,
  findInWorld,
  findMember,
  type Imports,
  isClass,
  isCompiledModule,
  isInstance,
  type LinkedImport,
  member,
  staticOf,
} from './imports.ts';
export { LinkError, type LinkProblem } from './link-error.ts';
export { stackModulesOf } from './tasks/stack-modules.ts';
export { stackModuleBytes } from '@wit-ts/concurrency/stack-modules';
