/**
 * The bytes of core modules that components exported. A compiled module does not reveal the types of its imports and
 * exports.
 */
export const moduleBytes = new WeakMap<WebAssembly.Module, Uint8Array>();
