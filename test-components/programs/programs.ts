/** A program of the table in `docs/wasi-programs.md`. */
export interface Program {
  /** The folder in `test-components`. */
  readonly name: string;
  readonly language: string;
  /** The committed programs and components, in `test-components`. A JavaScript guest is built on demand. */
  readonly built: readonly string[];
  /** A command in `test-components` that runs it. */
  readonly command: string;
  /** What the command prints; without a command line, what a test shows. */
  readonly output: string;
}

/** The programs, in the order of the table. */
export const programs: readonly Program[] = [
  {
    name: 'hello-env',
    language: 'Rust',
    built: ['hello-env/built/rust.wasm'],
    command: 'wit-ts run --env NAME=Ada hello-env/built/rust.wasm',
    output: '`Hello, Ada!`; `Hello, World!` without `--env`',
  },
  {
    name: 'hello-write',
    language: 'Rust',
    built: ['hello-write/built/rust.wasm'],
    command: 'mkdir -p /tmp/out && wit-ts run --dir /tmp/out::/ hello-write/built/rust.wasm',
    output: '`done: wrote output.txt`; `permission denied: …` without `--dir` or with `:ro`',
  },
  {
    name: 'read-file',
    language: 'Rust',
    built: ['read-file/built/rust.wasm'],
    command:
      'mkdir -p /tmp/box && echo Hello > /tmp/box/hello.txt && wit-ts run --dir /tmp/box::/:ro read-file/built/rust.wasm',
    output: '`WASM Read: Hello`; `../`, absolute paths and links out of the directory fail',
  },
  {
    name: 'sandbox-tour',
    language: 'Rust',
    built: ['sandbox-tour/built/rust.wasm'],
    command:
      'mkdir -p /tmp/data && echo text > /tmp/data/input.txt && wit-ts run --dir /tmp/data::/data --env MODE=tour sandbox-tour/built/rust.wasm -- one < /dev/null',
    output: 'streams, arguments, environment; `wrote /data/output.txt: …`',
  },
  {
    name: 'log-analyzer',
    language: 'Rust',
    built: ['log-analyzer/built/rust.wasm'],
    command: 'wit-ts run log-analyzer/built/rust.wasm < log-analyzer/sample/log.ndjson',
    output: 'the report in `log-analyzer/sample/report.txt`',
  },
  {
    name: 'edge-handler',
    language: 'Rust, C, JavaScript, WAT',
    built: ['edge-handler/built/rust.wasm', 'edge-handler/built/c.wasm', 'edge-handler/built/wat.wasm'],
    command:
      'npx -y pnpm@12 exec node --conditions=@wit-ts/source edge-handler/host/serve.ts edge-handler/built/rust.wasm 8080',
    output:
      '`listening on http://127.0.0.1:8080`; a POST of `hello edge` gets `ok: Processing ID 10: HELLO EDGE`',
  },
  {
    name: 'http-api',
    language: 'JavaScript',
    built: [],
    command: 'npx -y pnpm@12 -w exec vitest run --project slow http-api',
    output:
      '`/api/health`: 200 `OK`; `/api/process`: JSON in and out, 400 for anything else; 404 for other paths',
  },
  {
    name: 'database-connector',
    language: 'JavaScript, Rust',
    built: ['database-connector/built/rust.wasm'],
    command: 'npx -y pnpm@12 -w exec vitest run --project slow database-connector',
    output: 'typed queries to SQLite; twelve attempts at injection come back as the texts that they are',
  },
  {
    name: 'plugin-host',
    language: 'Rust, C, C',
    built: ['word-count', 'notes', 'hostile'].map((name) => `plugin-host/built/${name}.wasm`),
    command: 'npx -y pnpm@12 -w exec vitest run --project fast plugin-host',
    output:
      'an endless loop, a memory bomb, a trap, an exit and forbidden files; the host and the other plugins go on',
  },
  {
    name: 'sleepers',
    language: 'C',
    built: ['sleepers/built/c.wasm'],
    command: 'wit-ts run sleepers/built/c.wasm',
    output: '`100 naps, 100 at once; 5050 ms one after another, 105 ms together`',
  },
];
