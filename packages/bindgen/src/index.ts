export { generate, type GeneratedFile, type GenerateOptions } from './generate.ts';
export type { Side } from './layout.ts';
