export { asyncFunctionNames, type AsyncFunctions } from './async-functions.ts';
export { generate, type GeneratedFile, type GenerateOptions } from './generate.ts';
export type { Side } from './package-view.ts';
export { directExports, type StaticModuleForm } from './static-module/static-world-file.ts';
