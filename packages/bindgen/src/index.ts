export { generate, type GeneratedFile, type GenerateOptions } from './generate.ts';
export type { Side } from './package-view.ts';
