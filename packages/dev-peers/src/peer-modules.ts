/**
 * The parts of the peers' interfaces that are used here. They are declared so that the workspace type-checks without
 * the peers.
 */
export interface PeerModules {
  /** wasm-tools, compiled to WebAssembly. After a panic the instance is unusable; see `freshWasmTools`. */
  readonly 'wasm-tools': WasmTools;
  readonly 'jco-transpile': JcoTranspile;
  readonly 'componentize-js': ComponentizeJs;
  readonly 'preview2-shim/instantiation': Preview2Instantiation;
}

export type PeerName = keyof PeerModules;

export interface WasmTools {
  /** Assembles the text (WAT) of a core module or component. */
  parse(text: string): Promise<Uint8Array>;
  /** Returns a binary as text (WAT). */
  print(bytes: Uint8Array): Promise<string>;
  /**
   * Turns a core module with embedded WIT into a component. `adapters` contains the name and the bytes of each adapter
   * module.
   */
  componentNew(bytes: Uint8Array, adapters?: [string, Uint8Array][]): Promise<Uint8Array>;
  /**
   * Embeds a world in a custom section of a core module. With `dummy` it makes the core module, whose functions trap.
   */
  componentEmbed(options: EmbedOptions): Promise<Uint8Array>;
  /** Returns the WIT of a component as text. */
  componentWit(bytes: Uint8Array): Promise<string>;
}

export interface EmbedOptions {
  binary?: Uint8Array;
  witSource?: string;
  witPath?: string;
  dummy?: boolean;
  world?: string;
  stringEncoding?: 'utf8' | 'utf16' | 'compact-utf16';
}

export interface TranspileOptions {
  name?: string;
  instantiation?: 'async' | 'sync';
  wasiShim?: boolean;
  minify?: boolean;
  emitTypescriptDeclarations?: boolean;
  validLiftingOptimization?: boolean;
  noComponentErrorWrapping?: boolean;
  base64Cutoff?: number;
  map?: Record<string, string>;
}

export interface JcoTranspile {
  transpileBytes(
    component: Uint8Array,
    options?: TranspileOptions,
  ): Promise<{
    files: Record<string, Uint8Array>;
    imports: string[];
    exports: [string, 'function' | 'instance'][];
  }>;
}

export interface ComponentizeJs {
  componentize(options: {
    sourcePath: string;
    witPath: string;
    worldName: string;
    disableFeatures?: ('stdio' | 'random' | 'clocks' | 'http' | 'fetch-event')[];
  }): Promise<{ component: Uint8Array; imports: [string, string][] }>;
  readonly version: string;
}

export interface Preview2Instantiation {
  readonly WASIShim: new (options?: Record<string, unknown>) => {
    getImportObject(): Record<string, Record<string, unknown>>;
  };
}
