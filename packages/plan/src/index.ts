export type { Adopt, Adopted, Modules } from './host-imports.ts';
export { plan } from './inline.ts';
export { mentionsTasks } from './mentions-tasks.ts';
export type {
  CoreArg,
  CoreRef,
  FuncRef,
  KnownModule,
  ModuleRef,
  Plan,
  PlanComponent,
  PlanExport,
  PlanImport,
  PlanInstance,
  PlanLift,
  PlanOptions,
  PlanResource,
  Step,
  Trampoline,
} from './plan.ts';
export type { ComponentItem, DeclaredType, Surroundings } from './scope.ts';
