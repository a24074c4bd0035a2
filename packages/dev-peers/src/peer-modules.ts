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
  /** WASI 0.3. Its state is that of the process: arguments, environment, directories. */
  readonly 'preview3-shim': Preview3Shim;
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

export interface JcoTranspileOptions {
  name?: string;
  instantiation?: 'async' | 'sync';
  wasiShim?: boolean;
  minify?: boolean;
  asyncMode?: 'sync' | 'jspi';
  emitTypescriptDeclarations?: boolean;
  validLiftingOptimization?: boolean;
  noComponentErrorWrapping?: boolean;
  base64Cutoff?: number;
  map?: Record<string, string>;
}

export interface JcoTranspile {
  transpileBytes(
    component: Uint8Array,
    options?: JcoTranspileOptions,
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
    getImportObject(options?: { readonly asVersion?: string }): Record<string, Record<string, unknown>>;
  };
}

/** Interfaces by their names in JavaScript, `monotonicClock` for `wasi:clocks/monotonic-clock`. */
type ShimInterfaces = Readonly<Record<string, object>>;

export interface Preview3Shim {
  readonly cli: ShimInterfaces & {
    _setArgs(args: readonly string[]): void;
    _setEnv(env: Readonly<Record<string, string>>): void;
    _setCwd(cwd: string | undefined): void;
    _setTerminalStdin(terminal: undefined): void;
    _setTerminalStdout(terminal: undefined): void;
    _setTerminalStderr(terminal: undefined): void;
  };
  readonly clocks: ShimInterfaces;
  readonly filesystem: ShimInterfaces & {
    _setPreopens(hostByGuestPath: Readonly<Record<string, string>>): void;
  };
  readonly http: ShimInterfaces & ShimHttp;
  readonly random: ShimInterfaces;
  readonly sockets: ShimInterfaces;
  readonly stream: { readonly StreamReader: new (source: AsyncIterable<Uint8Array>) => ShimBody };
  readonly future: { readonly FutureReader: new (value: Promise<unknown>) => ShimFuture };
}

/** `wasi:http/types` as a host uses it. Names and values of fields are pairs. */
interface ShimHttp {
  readonly Request: {
    'new'(
      headers: ShimFields,
      contents: ShimBody,
      trailers: ShimFuture,
      options: null,
    ): readonly [ShimRequest, ShimFuture];
  };
  readonly Response: {
    /** The body is `null` when the response has none. */
    consumeBody(
      response: ShimResponse,
      transmitted: Promise<ShimResult>,
    ): readonly [ShimBody | null, ShimFuture];
  };
  _fieldsFromEntriesChecked(entries: readonly (readonly [string, Uint8Array])[]): ShimFields;
}

export interface ShimResult {
  readonly tag: 'ok' | 'err';
  readonly val: unknown;
}

export interface ShimRequest {
  setMethod(method: string): void;
  setScheme(scheme: { readonly tag: 'HTTP' | 'HTTPS' }): void;
  setAuthority(authority: string | undefined): void;
  setPathWithQuery(path: string | undefined): void;
}

export interface ShimResponse {
  getStatusCode(): number;
  getHeaders(): ShimFields;
  /** Settles the future that says whether the response was sent. */
  _resolve(result: ShimResult): void;
}

export interface ShimFields {
  copyAll(): readonly (readonly [string, Uint8Array])[];
}

/** A stream's reader: `null` is the end. */
interface ShimBody {
  read(): Promise<Uint8Array | null>;
}

/** A future's reader: only the first call gets the value. */
interface ShimFuture {
  read(): Promise<unknown>;
}
