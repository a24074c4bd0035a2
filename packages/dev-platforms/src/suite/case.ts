import type { CompileOptions, Component, Imports, InstantiateOptions } from '@wit-ts/runtime';

/** What a case is given to work with: components by name, compiled for the engine that is being tested. */
export interface Bench {
  /** A component, compiled once for each engine. */
  component(name: string): Promise<Component>;
  instance<Exports extends object>(
    name: string,
    imports?: Imports,
    options?: InstantiateOptions,
  ): Promise<Exports>;
  /** The bytes of a component, and what has to be given with them where the platform compiles nothing. */
  source(name: string): Promise<Loaded>;
  readonly options: CompileOptions;
}

export interface Loaded {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Given where the platform cannot compile WebAssembly at run time. */
  readonly modules?: readonly WebAssembly.Module[];
}

export interface Case {
  readonly name: string;
  /** The case is left out where this component is not there. */
  readonly needs?: string;
  readonly run: (bench: Bench) => Promise<void>;
}
