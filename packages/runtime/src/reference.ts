/**
 * The reference engine, for those who cannot have it loaded when it is needed:
 * `compile(source, { engine: referenceEngine })`.
 */
export { referenceEngine } from '@wit-ts/abi/reference';
