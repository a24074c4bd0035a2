/**
 * What few instances need: the trace, and the text of errors. `compile` and `instantiate` load it on demand.
 * `instantiateSync` cannot wait and imports it.
 */
export { refusedEngine, refusedModules } from './refused-options.ts';
export { refusedSource } from './refused-source.ts';
export { notStarted } from './not-started.ts';
export { tracedBy } from './trace.ts';
export { linkImports, mismatchedImportsError } from './import-problems.ts';
