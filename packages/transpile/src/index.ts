export { transpile, type StaticFile, type TranspileOptions } from './transpile.ts';
export type { Target } from './targets.ts';
