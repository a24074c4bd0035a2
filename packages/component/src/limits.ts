/** Limits for the memories and tables of core modules, for hosts that run components they do not trust. */
export { limitModule, type LimitedModule, LIMITS_EXPORTS, type ModuleUse } from './core/limit-module.ts';
