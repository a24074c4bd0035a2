export { asyncFunctionNames, type AsyncFunctions } from './async-functions.ts';
export { generate, type GeneratedFile, type GenerateOptions } from './generate.ts';
export { mappableInterfaces } from './mapped-interfaces.ts';
export { generateStub, type StubOptions } from './stub/generate-stub.ts';
export type { Side } from '@wit-ts/mapping';
export {
  directExports,
  LINKED_MODULE_NAMES,
  type StaticModuleForm,
} from './static-module/static-world-file.ts';
export type { StaticValues } from './static-module/static-values.ts';
