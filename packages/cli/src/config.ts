/** What a `wit-ts.config.ts` exports. All paths are relative to the config file. */
export interface Config {
  /** What `wit-ts gen` generates when it is called without a path. */
  readonly gen: readonly GenConfig[];
}

/** The same as one call of `wit-ts gen`, with its options under their names in camelCase. */
export interface GenConfig {
  /** A `.wit` file, a package directory, or a `.wasm` file. */
  readonly path: string;
  /** The worlds to generate. By default, it is the package's only world. */
  readonly world?: string | readonly string[];
  /** Generates every world of the package. */
  readonly allWorlds?: boolean;
  /** The output directory. By default, it is `generated/` beside the input. */
  readonly out?: string;
  /** Generates declarations for the component's author instead of the host. */
  readonly guest?: boolean;
  /**
   * For hosts: the imports that may return promises although they are synchronous in WIT. `true` for all, or names:
   * `poll`, `wasi:io/poll#poll`, or an interface for all its functions.
   */
  readonly asyncImports?: boolean | readonly string[];
  /**
   * For hosts: the exports that return promises although they are synchronous in WIT; all of them by default if
   * `asyncImports` is given. For guests: the exports that may be asynchronous JavaScript functions. `true` for all, or
   * names: `run`, `wasi:cli/run#run`, or an interface for all its functions.
   */
  readonly asyncExports?: boolean | readonly string[];
  /** The extension in imports between generated files; `.js` by default. */
  readonly importExtension?: '.js' | '.ts' | 'none';
  /** Unstable features to enable. */
  readonly features?: readonly string[];
  /** Enables all unstable features. */
  readonly allFeatures?: boolean;
}

/** Returns the config as it is. It gives the config file its type: `export default defineConfig({ … })`. */
export function defineConfig(config: Config): Config {
  return config;
}
