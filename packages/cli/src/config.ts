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
  /** A file for each interface, which is the default, or one file with everything. */
  readonly layout?: 'interfaces' | 'file';
  /**
   * For hosts: the modules of yours that have the types of interfaces, so that no file is generated for these. A value
   * is the name of a package, or a path that begins with a dot: `{ 'wasi:io/streams@0.2.6': './my-streams.js' }`.
   */
  readonly map?: Readonly<Record<string, string>>;
  /** For hosts: `const` for an object of the names of each enum beside its type; `union`, the default, for the type. */
  readonly enums?: 'union' | 'const';
  /**
   * For hosts: what makes the values of a variant beside its type. `const` for an object of functions, `class` for a
   * class for each case; `union`, the default, for nothing.
   */
  readonly variants?: 'union' | 'const' | 'class';
  /** For hosts: whether functions throw the `err` of a result, which is the default, or return results as values. */
  readonly results?: 'thrown' | 'value';
  /** For hosts: whether flags are an object of booleans, which is the default, or a bigint. */
  readonly flags?: 'object' | 'bigint';
  /** For hosts: whether names are in camelCase, which is the default, or as WIT has them. */
  readonly casing?: 'camel' | 'wit';
  /** For hosts: what the name of each type begins with. A capital, then letters, digits and `_`. */
  readonly typePrefix?: string;
  /** For hosts: leaves out `instantiate` and the contract, so that there are only types. */
  readonly typesOnly?: boolean;
  /** For hosts: `false` leaves out the contract, with which `instantiate` compares a component before it runs. */
  readonly contract?: boolean;
  /** For hosts: adds `instantiateSync`, which takes a compiled component and returns no promise. */
  readonly instantiateSync?: boolean;
  /** Unstable features to enable. */
  readonly features?: readonly string[];
  /** Enables all unstable features. */
  readonly allFeatures?: boolean;
}

/** Returns the config as it is. It gives the config file its type: `export default defineConfig({ … })`. */
export function defineConfig(config: Config): Config {
  return config;
}
