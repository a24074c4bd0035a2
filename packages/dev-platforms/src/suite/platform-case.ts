import type { CompileOptions, Component, Imports, InstantiateOptions } from '@wit-ts/runtime';

/** What a case works with: components by name, compiled for the engine that is tested. */
export interface CaseContext {
  /** Returns a component, which is compiled once for each engine. */
  component(name: string): Promise<Component>;
  /** Instantiates a component. */
  instance<Exports extends object>(
    name: string,
    imports?: Imports,
    options?: InstantiateOptions,
  ): Promise<Exports>;
  /**
   * Returns the bytes of a component, with its core modules on platforms that cannot compile WebAssembly at run time.
   */
  source(name: string): Promise<PlatformComponent>;
  /** The options of `compile` that select the engine. */
  readonly options: CompileOptions;
}

/** The bytes of a component. */
export interface PlatformComponent {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** The core modules; present only when the platform cannot compile WebAssembly at run time. */
  readonly modules?: readonly WebAssembly.Module[];
  /** The modules for suspended stacks; present only with `modules`. */
  readonly stacks?: readonly WebAssembly.Module[];
}

/** A test case, which throws an error when it fails. */
export interface PlatformCase {
  readonly name: string;
  /** A component without which the case is skipped. */
  readonly requiredComponent?: string;
  /** True when its component has the instruction `try_table`, which Node 22.0 does not know. */
  readonly catchesExceptions?: true;
  /** Present for cases of concurrency. */
  readonly concurrency?: {
    readonly group: string;
    /** True when a stack has to be suspended: without that the case ends with a trap that says so. */
    readonly suspends: boolean;
  };
  readonly run: (context: CaseContext) => Promise<void>;
}
