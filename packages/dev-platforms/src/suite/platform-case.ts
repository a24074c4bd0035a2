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
   * Instantiates a component that imports components.
   *
   * @param parts the names of the components that are given for imports, by the names of the imports
   * @param when a static module gets them: when it is `written`, or when it `runs`, which is the default
   */
  linked<Exports extends object>(
    name: string,
    parts: Readonly<Record<string, string>>,
    imports: Imports,
    when?: 'written' | 'runs',
  ): Promise<Exports>;
  /**
   * Returns the bytes of a component, with its core modules on platforms that cannot compile WebAssembly at run time.
   */
  source(name: string): Promise<PlatformComponent>;
  /**
   * Returns a program for `run` and the like: a component that is compiled, or the bytes of a core module, compiled
   * already on platforms that cannot compile WebAssembly at run time.
   */
  program(name: string): Promise<PlatformProgram>;
  /** Returns true if an error is an instance of the class with which the component was run. */
  isOfClass(error: unknown, name: 'ComponentError' | 'LinkError'): boolean;
  /** The options of `compile` that select the engine. */
  readonly options: CompileOptions;
  /** The origin of an HTTP server, which answers GET with `outside` and POST with the body of the request. */
  readonly outside: string;
}

export type PlatformProgram = Component | Uint8Array<ArrayBuffer> | WebAssembly.Module;

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
  /** Present for cases that are counted by group, each table in its own. */
  readonly counted?: CountedGroup;
  /** What only some platforms have. */
  readonly needs?: PlatformNeed;
  readonly run: (context: CaseContext) => Promise<void>;
}

/** A row of a table in `docs/platforms.md`. */
export interface CountedGroup {
  readonly table: 'concurrency' | 'wasi';
  readonly group: string;
}

/** What a case needs of its platform, and what happens on a platform that does not have it. */
export interface PlatformNeed {
  readonly isThere: () => boolean;
  /** Takes the place of `run`. */
  readonly otherwise: (context: CaseContext) => Promise<void>;
}
