import type { compileHostEngine } from '@wit-ts/abi/compile/host';

/** Makes the part of the compile engine for calls between a component and its host. */
type MakeHostEngine = typeof compileHostEngine;

let given: MakeHostEngine | undefined;

/** Gives the engine on platforms on which loading it later only takes longer. */
export function provideHostEngine(make: MakeHostEngine | undefined): void {
  given = make;
}

/** Loads the engine. A page does so while it reads the bytes of the component. */
export async function hostEngine(): Promise<MakeHostEngine> {
  return given ?? (await import('@wit-ts/abi/compile/host').catch(partNotLoaded)).compileHostEngine;
}

/** Throws the error for a part that a component needs and that cannot be loaded. */
export function partNotLoaded(cause: unknown): never {
  throw new Error(
    'a part of the runtime cannot be loaded: serve all files of the bundle, or bundle the program into one file',
    { cause },
  );
}
