export type { Adopt, Adopted, AdoptedComponent, Modules } from './host-imports.ts';
export { plan } from './plan-explained.ts';
export { planWith } from './planner.ts';
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
