export type { Adopt, Adopted, AdoptedComponent, Modules } from './adopted.ts';
export { plan } from './plan-explained.ts';
export { planCommon } from './planner.ts';
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
  PlanStep,
  Trampoline,
} from './plan.ts';
