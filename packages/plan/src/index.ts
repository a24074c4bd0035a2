export { plan } from './inline.ts';
export type {
  CoreArg,
  CoreRef,
  FuncRef,
  ModuleRef,
  Plan,
  PlanExport,
  PlanImport,
  PlanInstance,
  PlanLift,
  PlanOptions,
  PlanResource,
  Step,
  Trampoline,
} from './plan.ts';
