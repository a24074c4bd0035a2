/**
 * What few instances need: the trace, and the text of errors. `instantiate` loads it on demand. `instantiateSync`
 * cannot wait and imports it.
 */
export { notStarted } from './not-started.ts';
export { tracedBy } from './trace.ts';
export { linkImports, unfitImports } from './import-problems.ts';
