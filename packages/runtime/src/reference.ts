/**
 * The reference engine, for programs that cannot load it when it is needed: `compile(source, { engine:
 * referenceEngine })`.
 */
export { referenceEngine } from '@wit-ts/abi/reference';
