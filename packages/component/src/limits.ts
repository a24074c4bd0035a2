/** Limits for the memories and tables of core modules, for hosts that run components they do not trust. */
export { limitModule, type LimitedModule, type ModuleUse } from './core/limit-module.ts';
export { LIMITS_EXPORTS } from './core/reserved-names.ts';
