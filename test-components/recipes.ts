/** How a committed component is built. Paths are relative to `test-components`. */
export interface Recipe {
  /** The name that `pnpm components NAME` takes. */
  readonly name: string;
  /**
   * `rust-wasip1`, `c-wasip1` and `wat-wasip1` are programs for WASI preview 1, which stay core modules. `wasi-command`
   * is a C program that an adapter turns into a component of WASI 0.2. `c-reactor` and `rust-reactor` are libraries for
   * such an adapter.
   */
  readonly language:
    | 'wat'
    | 'rust'
    | 'c'
    | 'dummy'
    | 'component'
    | 'rust-wasip1'
    | 'c-wasip1'
    | 'wat-wasip1'
    | 'wasi-command'
    | 'c-reactor'
    | 'rust-reactor';
  /**
   * The source of the guest, which is compiled to a core module. For the language `component` it is the text of the
   * whole component, and the WIT is only documentation. A `dummy` has no source: it is generated from its WIT, and all
   * its functions trap.
   */
  readonly source?: string;
  /** The other files that the source consists of. */
  readonly modules?: readonly string[];
  /** What a Rust compiler optimises for; size if absent. */
  readonly optimise?: 'speed';
  /** Absent for programs: those of preview 1 have no world, and that of a `wasi-command` comes from the adapter. */
  readonly wit?: string;
  readonly world?: string;
  readonly built: string;
}

const edgeHandler = { wit: 'edge-handler/wit/world.wit', world: 'edge-handler' };

const unfitting = ['four-ways', 'import-not-offered', 'export-missing', 'parameter-type', 'record-field'].map(
  (name): Recipe => ({
    name: `unfitting/${name}`,
    language: 'dummy',
    wit: `unfitting/wit/${name}.wit`,
    world: 'edge-handler',
    built: `unfitting/built/${name}.wasm`,
  }),
);

/** All committed components. `edge-handler/guest-js/build.ts` builds the JavaScript guest, which is not committed. */
export const recipes: readonly Recipe[] = [
  {
    name: 'edge-handler/wat',
    language: 'wat',
    source: 'edge-handler/guest-wat/guest.wat',
    ...edgeHandler,
    built: 'edge-handler/built/wat.wasm',
  },
  {
    name: 'edge-handler/rust',
    language: 'rust',
    source: 'edge-handler/guest-rust/guest.rs',
    ...edgeHandler,
    built: 'edge-handler/built/rust.wasm',
  },
  {
    name: 'edge-handler/c',
    language: 'c',
    source: 'edge-handler/guest-c/guest.c',
    ...edgeHandler,
    built: 'edge-handler/built/c.wasm',
  },
  {
    name: 'database-connector',
    language: 'rust',
    source: 'database-connector/guest/guest.rs',
    wit: 'database-connector/wit/world.wit',
    world: 'database-connector',
    built: 'database-connector/built/rust.wasm',
  },
  {
    name: 'wasi3',
    language: 'c',
    source: 'wasi3/guest/guest.c',
    wit: 'wasi3/wit/world.wit',
    world: 'wasi3',
    built: 'wasi3/built/c.wasm',
  },
  {
    name: 'choices',
    language: 'wat',
    source: 'choices/guest/guest.wat',
    wit: 'choices/wit/world.wit',
    world: 'choices',
    built: 'choices/built/wat.wasm',
  },
  {
    name: 'bench-guest',
    language: 'wat',
    source: 'bench-guest/guest.wat',
    wit: 'bench-guest/wit/world.wit',
    world: 'guest',
    built: 'bench-guest/built/wat.wasm',
  },
  {
    name: 'bench-pair',
    language: 'component',
    source: 'bench-pair/guest/guest.wat',
    wit: 'bench-pair/wit/world.wit',
    world: 'pair',
    built: 'bench-pair/built/wat.wasm',
  },
  {
    name: 'async-bench',
    language: 'component',
    source: 'async-bench/guest/guest.wat',
    wit: 'async-bench/wit/world.wit',
    world: 'tasks',
    built: 'async-bench/built/wat.wasm',
  },
  ...['resources', 'traps', 'limits', 'fuel', 'nested', 'direct', 'names', 'faults'].map((name): Recipe => ({
    name,
    language: ['nested', 'direct', 'fuel'].includes(name) ? 'component' : 'wat',
    source: `${name}/guest/guest.wat`,
    wit: `${name}/wit/world.wit`,
    world: name,
    built: `${name}/built/wat.wasm`,
  })),
  ...[
    'linking',
    'tasks',
    'jco-hosts',
    'async-edges',
    'async-memory64',
    'async-faults',
    'async-joined',
    'async-adversary',
    'async-platforms',
    'shared-resources',
    'world-items',
    'http-service',
    'observed',
  ].map((name): Recipe => ({
    name,
    language: 'component',
    source: `${name}/guest/guest.wat`,
    built: `${name}/built/wat.wasm`,
  })),
  ...['http-guest', 'http-files'].map((name): Recipe => ({
    name,
    language: 'c',
    source: `${name}/guest/guest.c`,
    wit: `${name}/wit/world.wit`,
    world: name,
    built: `${name}/built/c.wasm`,
  })),
  ...(['guest', 'caller'] as const).map((name): Recipe => ({
    name: `waiting/${name}`,
    language: 'component',
    source: `waiting/guest/${name}.wat`,
    wit: 'waiting/wit/world.wit',
    world: name === 'guest' ? 'waiting' : 'caller',
    built: `waiting/built/${name}.wasm`,
  })),
  ...['shop', 'pricing'].map((name): Recipe => ({
    name: `linking/${name}`,
    language: 'component',
    source: `linking/guest/${name}.wat`,
    built: `linking/built/${name}.wasm`,
  })),
  {
    name: 'direct/siblings',
    language: 'component',
    source: 'direct/guest/siblings.wat',
    built: 'direct/built/siblings.wasm',
  },
  {
    name: 'names/clashes',
    language: 'component',
    source: 'names/guest/clashes.wat',
    built: 'names/built/clashes.wasm',
  },
  {
    name: 'names/thenable',
    language: 'component',
    source: 'names/guest/thenable.wat',
    built: 'names/built/thenable.wasm',
  },
  {
    name: 'names/module-names',
    language: 'component',
    source: 'names/guest/module-names.wat',
    built: 'names/built/module-names.wasm',
  },
  {
    name: 'names/more-exports',
    language: 'component',
    source: 'names/guest/more-exports.wat',
    built: 'names/built/more-exports.wasm',
  },
  {
    name: 'faults/renamed',
    language: 'component',
    source: 'faults/guest/renamed.wat',
    wit: 'faults/wit/renamed.wit',
    world: 'renamed',
    built: 'faults/built/renamed.wasm',
  },
  {
    name: 'wasi-command',
    language: 'wasi-command',
    source: 'wasi-command/guest/guest.c',
    built: 'wasi-command/built/c.wasm',
  },
  {
    name: 'wasi-command/sleep',
    language: 'wasi-command',
    source: 'wasi-command/guest/sleep.c',
    built: 'wasi-command/built/sleep.wasm',
  },
  ...['hello-env', 'hello-write', 'read-file', 'sandbox-tour'].map((name): Recipe => ({
    name,
    language: 'rust-wasip1',
    source: `${name}/guest/guest.rs`,
    built: `${name}/built/rust.wasm`,
  })),
  {
    name: 'preview1-calls',
    language: 'c-wasip1',
    source: 'preview1-calls/guest/guest.c',
    modules: ['descriptors.c', 'directories.c', 'files.c', 'mistakes.c', 'waiting.c', 'report.h'].map(
      (name) => `preview1-calls/guest/${name}`,
    ),
    built: 'preview1-calls/built/c.wasm',
  },
  {
    name: 'escape-artist',
    language: 'c-wasip1',
    source: 'escape-artist/guest/guest.c',
    modules: ['escape-artist/guest/report.h'],
    built: 'escape-artist/built/c.wasm',
  },
  {
    name: 'preview1-endings',
    language: 'wat-wasip1',
    source: 'preview1-endings/guest/guest.wat',
    built: 'preview1-endings/built/wat.wasm',
  },
  {
    name: 'log-analyzer',
    language: 'rust-wasip1',
    source: 'log-analyzer/guest/main.rs',
    modules: ['durations', 'entry', 'json', 'lines', 'report', 'text', 'totals'].map(
      (name) => `log-analyzer/guest/${name}.rs`,
    ),
    optimise: 'speed',
    built: 'log-analyzer/built/rust.wasm',
  },
  {
    name: 'sleepers',
    language: 'c',
    source: 'sleepers/guest/guest.c',
    modules: ['sleepers/guest/abi.h'],
    wit: 'sleepers/wit/world.wit',
    world: 'sleepers',
    built: 'sleepers/built/c.wasm',
  },
  {
    name: 'plugin-host/word-count',
    language: 'rust-reactor',
    source: 'plugin-host/guest-rust/word_count.rs',
    wit: 'plugin-host/wit/world.wit',
    world: 'plugin',
    built: 'plugin-host/built/word-count.wasm',
  },
  ...['notes', 'hostile'].map((name): Recipe => ({
    name: `plugin-host/${name}`,
    language: 'c-reactor',
    source: `plugin-host/guest-c/${name}.c`,
    modules: ['plugin-host/guest-c/abi.h'],
    wit: 'plugin-host/wit/world.wit',
    world: 'plugin',
    built: `plugin-host/built/${name}.wasm`,
  })),
  ...['arguments', 'exit-code', 'files', 'echo', 'trap'].map((name): Recipe => ({
    name: `wasi-suite/${name}`,
    language: 'c-wasip1',
    source: `wasi-suite/guest/${name}.c`,
    built: `wasi-suite/suite/wasm32-wasip1/${name}.wasm`,
  })),
  ...unfitting,
];
