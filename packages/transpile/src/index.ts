export { transpile, type StaticFile } from './transpile.ts';
export { isModuleName, type TranspileOptions } from './options.ts';
export { TARGETS, type Target } from './targets.ts';
