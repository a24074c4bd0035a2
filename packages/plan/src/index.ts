export { plan } from './inline.ts';
export type {
  CoreArg,
  CoreRef,
  FuncRef,
  ModuleRef,
  Plan,
  PlanExport,
  PlanImport,
  PlanLift,
  PlanOptions,
  PlanResource,
  Step,
  Trampoline,
} from './plan.ts';
