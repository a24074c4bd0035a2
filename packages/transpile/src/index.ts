export type { ReadSourceMap } from './core-files.ts';
export type { StaticFile } from './static-file.ts';
export { importsComponent } from './linked/given-components.ts';
export { transpile } from './transpile.ts';
export { handlerInterface, transpileWorker, type DeployOptions } from './worker/transpile-worker.ts';
export type { DeployedGrants, FileIndex } from '@wit-ts/wasi/deploy';
export { isModuleName, type TranspileOptions } from './options.ts';
export { TARGETS, type Target } from './targets.ts';
