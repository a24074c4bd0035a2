/** Returns what `compile` throws for an engine that is not one, or that another copy of the runtime has made. */
export function refusedEngine(choice: unknown): TypeError {
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
