export { asyncExportNames, type AsyncExports } from './async-exports.ts';
export { generate, type GeneratedFile, type GenerateOptions } from './generate.ts';
export type { Side } from './package-view.ts';
