import { GRANT_OPTIONS } from '../grants/grant-options.ts';
import type { CommandEntry } from './command-table.ts';

/** The entry of `run`. */
export const runProgramCommand: CommandEntry = {
  name: 'run',
  description: 'Run a WASI program with nothing but what is granted, or call one export of a component.',
  arguments: [
    ['<file>', 'a core module of preview 1, or a component of WASI 0.2 or 0.3 (.wasm or -)'],
    ['[args...]', 'the arguments of the program; those that start with - follow after --'],
  ],
  options: [
    ...GRANT_OPTIONS,
    {
      flags: '--timeout <time>',
      description: 'end the program after these seconds, or 500ms; its exit code is 124 then',
      excludes: ['invoke'],
    },
    {
      flags: '--fuel <operators>',
      description: 'end it with a trap, and exit code 134, after this many operators of WebAssembly',
    },
    {
      flags: '--max-memory <size>',
      description: 'the most memory of the program: 64MiB (default: no limit)',
    },
    {
      flags: '--invoke <call>',
      description: "call an export, in WAVE: 'name(args)' or 'interface.name(args)'",
    },
  ],
  readsWit: false,
  note: `The exit code is that of the program; 134 after a trap or when the fuel is used up, 124 after the
timeout. By default a program has the standard streams, the clocks, random bytes and its exit code, and no files,
variables or network. With --json a report is printed on standard error.`,
  examples: [
    'run app.wasm --dir ./data::/data:ro --env LANG -- --verbose input.txt',
    'run app.wasm --net example.org:443 --timeout 5',
    'run app.wasm --fuel 1000000000 --max-memory 64MiB',
    `run add.wasm --invoke 'add(1, 2)'`,
    `run app.wasm --invoke 'api.greet({name: "Ada"})'`,
  ],
  load: async () => (await import('./run.ts')).run,
};

/** The entry of `serve`. */
export const serveComponentCommand: CommandEntry = {
  name: 'serve',
  description: 'Serve a component that handles HTTP requests, with nothing but what is granted.',
  arguments: [['<component>', 'a component that exports a handler of wasi:http 0.2 or 0.3 (.wasm or -)']],
  options: [
    {
      flags: '--addr <host:port>',
      description: 'the address to listen on; the port 0 takes a free one',
      defaultValue: '127.0.0.1:8080',
    },
    {
      flags: '--workers <count>',
      description: 'the threads that answer requests, each with its own instances',
      defaultValue: '1',
    },
    {
      flags: '--instances <which>',
      description:
        'request: each request gets an instance of its own; pool: instances are used again (default: request for 0.2, pool for 0.3)',
    },
    {
      flags: '--timeout <time>',
      description: 'seconds until a request is answered completely, or 500ms',
      defaultValue: '60',
    },
    {
      flags: '--max-body <size>',
      description: 'the largest body of a request: 512KiB, 10MiB (default: 1GiB)',
    },
    {
      flags: '--max-memory <size>',
      description: 'the most memory of an instance: 64MiB (default: no limit)',
    },
    {
      flags: '--fuel <operators>',
      description: 'what a request may execute of WebAssembly; further work is answered with 500',
    },
    {
      flags: '--max-concurrent <count>',
      description: 'requests that are answered at once; further ones wait (default: 256)',
    },
    { flags: '--watch', description: 'serve the new component whenever the file changes' },
    ...GRANT_OPTIONS,
  ],
  readsWit: false,
  note: `The address is the first line on standard error; a line for each request follows, and with --json each line is
JSON. An interrupt ends the server when the requests that have begun are answered, and a second one ends it at
once. The component has no standard input.`,
  examples: [
    'serve app.wasm',
    'serve app.wasm --addr 127.0.0.1:0 --http https://api.example.org --max-memory 64MiB',
    'serve app.wasm --dir ./pages::/pages:ro --watch',
  ],
  load: async () => (await import('./serve.ts')).serve,
};
