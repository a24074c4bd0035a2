export { generate, type GeneratedFile, type GenerateOptions } from './generate.ts';
export type { Side } from './module-layout.ts';
