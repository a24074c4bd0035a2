/**
 * Returns what `compile` throws for an engine that is not one, that another copy of the runtime has made, or that makes
 * code from text where this is forbidden.
 */
export function refusedEngine(choice: unknown): TypeError {
  if (choice === 'compile')
    return new TypeError(
      "engine: 'compile' makes code from text, which this platform or its Content-Security-Policy forbids; " +
        "'auto' and 'reference' work without",
    );
  return new TypeError(
    typeof choice === 'object' && choice !== null
      ? 'engine: it belongs to another copy of `@wit-ts/runtime`; import it and `compile` from the same copy'
      : `engine: expected 'auto', 'compile', 'reference' or an engine, got ${String(choice)}`,
  );
}

/** Returns what `compile` throws for compiled core modules that do not belong to the component and its limits. */
export function refusedModules(needed: number, given: number): TypeError {
  return new TypeError(
    needed === given
      ? 'the core modules were compiled with limits: give the limits to `compile`, too'
      : `the component has ${needed} core modules, and ${given} were given`,
  );
}

/** Returns what is thrown for a component without compiled core modules on a platform that cannot compile them. */
export function uncompiledModules(cause: unknown): TypeError {
  return new TypeError(
    'this platform does not compile WebAssembly at run time: give `{ bytes, modules }`, with the compiled core ' +
      'modules of the component, such as the files that `wit-ts transpile part.wasm --target workerd` writes, ' +
      'imported as modules',
    { cause },
  );
}
