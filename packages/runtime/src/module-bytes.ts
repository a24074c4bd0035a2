/** The bytes of core modules that components exported: compiled they do not tell the types of what they import and export. */
export const moduleBytes = new WeakMap<WebAssembly.Module, Uint8Array>();
