/** What components need that have tasks. */
export { Concurrent } from './concurrent.ts';
export { makeBuiltin, wireBuiltin } from './wire-builtins.ts';
