/** Core modules that grow no further than to a limit, for those who run components of strangers. */
export { limitModule, type ModuleLimits, type TooLarge } from './core/limit-module.ts';
