/** Returns true when a module was rewritten for limits, so that its instances must be prepared. */
export function needsLimits(module: WebAssembly.Module): boolean {
  const { exports, imports } = WebAssembly.Module;
  return JSON.stringify([exports(module), imports(module)]).includes(':"wit-ts:');
}
