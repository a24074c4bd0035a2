import type { CommandContext } from '../command-context.ts';
import { INSTANCE_OPTIONS } from '../transpile/instance-options.ts';
import { MAPPING_OPTIONS } from './mapping-options.ts';
import { WORKER_OPTIONS } from '../transpile/worker-flags.ts';
import { componentizeCommand, initCommand } from './guest-commands.ts';
import { runProgramCommand, serveComponentCommand } from './program-commands.ts';

/** One command as data. Its code is loaded only when the command is called. */
export interface CommandEntry {
  readonly name: string;
  /** One sentence, for the list of commands and for the command's own help. */
  readonly description: string;
  readonly arguments: readonly (readonly [argument: string, description: string])[];
  readonly options?: readonly CommandOption[];
  /** Whether it has the options that choose features and a world, or worlds. */
  readonly readsWit: boolean | 'worlds';
  /** A sentence below the options. */
  readonly note?: string;
  /** Without the program's name. */
  readonly examples: readonly string[];
  readonly load: () => Promise<RunCommand>;
}

export interface CommandOption {
  readonly flags: string;
  readonly description: string;
  readonly defaultValue?: string;
  readonly isRequired?: boolean;
  /** The keys of options that cannot be given together with this one: `inheritNetwork` for `--inherit-network`. */
  readonly excludes?: readonly string[];
  /** Whether it may be given several times, and with several values that commas separate. */
  readonly isList?: boolean;
  /** Whether it may be given several times, each time with one value. */
  readonly isRepeatable?: boolean;
  /** The value of a flag that is given without one. */
  readonly whenBare?: string;
}

/**
 * Runs a command, and returns its exit code. `options` has the properties that the flags of the entry describe,
 * which no type can say.
 */
type RunCommand = (context: CommandContext, args: readonly string[], options: never) => Promise<number>;

const WIT_PATH = 'a .wit file, a package directory, a .wasm file, or - for standard input';

export const COMMANDS: readonly CommandEntry[] = [
  initCommand,
  {
    name: 'gen',
    description: 'Generate TypeScript bindings for worlds.',
    arguments: [['[path]', `${WIT_PATH}; without it, the config file says what is generated`]],
    options: [
      { flags: '--all-worlds', description: 'all worlds of the package' },
      {
        flags: '-o, --out <dir>',
        description: 'the output directory; - prints the files (default: generated/ beside the input)',
      },
      {
        flags: '--guest',
        description: "generate declarations for the component's author (guest side) instead of the host",
      },
      {
        flags: '--async-imports [names]',
        description:
          'imports that may return promises where WIT is synchronous: poll, wasi:io/poll#poll, wasi:io/poll; all without names',
        isList: true,
        whenBare: 'all',
      },
      {
        flags: '--async-exports [names]',
        description:
          'exports that return promises where WIT is synchronous (default: all with --async-imports); with --guest: that may be async functions',
        isList: true,
        whenBare: 'all',
      },
      {
        flags: '--import-extension <ext>',
        description: 'the extension in imports between generated files: .js (default), .ts or none',
      },
      {
        flags: '--layout <layout>',
        description: 'interfaces (default) for a file for each interface, or file for one file',
      },
      {
        flags: '--map <interface=module>',
        description:
          'a module of yours with the types of an interface: wasi:io/streams@0.2.6=my-streams; repeatable',
        isRepeatable: true,
      },
      {
        flags: '--enums <form>',
        description: 'union (default) for the type of an enum, or const for an object of its names as well',
      },
      {
        flags: '--variants <form>',
        description:
          'union (default) for the type of a variant, or const or class for functions or classes that make its values as well',
      },
      ...MAPPING_OPTIONS,
      { flags: '--type-prefix <prefix>', description: 'what the name of each type begins with, as Wit' },
      {
        flags: '--types-only',
        description: 'only types, without `instantiate` and the contract',
      },
      {
        flags: '--no-contract',
        description: 'without the contract, with which `instantiate` checks the component',
      },
      {
        flags: '--instantiate-sync',
        description: 'also `instantiateSync`, which takes a compiled component and returns no promise',
      },
      {
        flags: '--stub',
        description:
          'also write the skeleton of a host (or guest) here: NAME-host.ts, which is yours and never overwritten',
      },
      {
        flags: '--config <file>',
        description: 'the config file (default: wit-ts.config.ts, .mjs or .json here)',
      },
      { flags: '--check', description: 'write nothing; exit with 1 if the files are out of date' },
      { flags: '--watch', description: 'keep running, and generate again whenever the input changes' },
      {
        flags: '--force',
        description: 'overwrite files that were edited by hand, or that another world needs in another form',
        excludes: ['check'],
      },
    ],
    readsWit: 'worlds',
    note: 'Worlds that were generated into the same directory before stay; what no world needs any more is removed.',
    examples: [
      'gen world.wit',
      'gen wit/ -w edge-handler -w admin -o src/bindings',
      'gen wit/ --all-worlds --check',
      'gen',
    ],
    load: async () => (await import('./gen.ts')).gen,
  },
  {
    name: 'check',
    description: 'Check whether a component satisfies a world, and list every reason why not.',
    arguments: [['<component>', 'the component (.wasm or -), or WIT instead']],
    options: [
      {
        flags: '--wit <path>',
        description: 'the WIT with the world; without it, list the capabilities that the component requires',
      },
    ],
    readsWit: true,
    examples: [
      'check app.wasm',
      'check app.wasm --wit world.wit',
      'check app.wasm --wit wit/ -w edge-handler --json',
      'check wit/ --wit wit-1.0/',
    ],
    load: async () => (await import('./check.ts')).check,
  },
  {
    name: 'diff',
    description: 'Compare two WIT packages or components, and report the semver bump that the changes need.',
    arguments: [
      [
        '<old>',
        'the old version: a .wit file, a package directory, a .wasm file, or one of a git revision: HEAD~1:wit',
      ],
      ['<new>', 'the new version'],
    ],
    options: [
      { flags: '--semver', description: 'exit with 0 for a breaking change too, if the version allows it' },
      {
        flags: '--markdown',
        description: 'print Markdown for release notes',
        excludes: ['json', 'lines'],
      },
    ],
    readsWit: true,
    note: 'Exits with 1 if a change breaks hosts or guests, or if the version did not grow as much as needed.',
    examples: [
      'diff wit-1.0/ wit/',
      'diff wit-1.0/ wit/ --semver --markdown',
      'diff HEAD~1:wit wit',
      'diff old.wasm new.wasm --json',
    ],
    load: async () => (await import('./diff.ts')).diff,
  },
  {
    name: 'wit',
    description: 'Print the resolved WIT of a package or component, with all packages that it needs.',
    arguments: [['<path>', WIT_PATH]],
    options: [
      {
        flags: '--out-dir <dir>',
        description: 'write a package directory with deps/ instead: all files, or none',
      },
      {
        flags: '--check',
        description: 'with --out-dir: write nothing; exit with 1 if files are out of date',
      },
      {
        flags: '--force',
        description: 'with --out-dir: overwrite files that differ',
        excludes: ['check'],
      },
    ],
    readsWit: true,
    note: 'With --json it prints the JSON form of the reference implementation.',
    examples: ['wit app.wasm', 'wit wit/ -w edge-handler', 'wit wit/ --json', 'wit app.wasm --out-dir wit'],
    load: async () => (await import('./wit.ts')).wit,
  },
  {
    name: 'fmt',
    description: 'Format WIT files in place, keeping every comment.',
    arguments: [
      ['[paths...]', 'files and directories without their deps/, or - for standard input (default: .)'],
    ],
    options: [
      { flags: '--check', description: 'write nothing; exit with 1 if a file is not formatted' },
      {
        flags: '--end-of-line <which>',
        description:
          'lf, crlf, or auto: the ending of the first line; with auto, --check ignores line endings',
        defaultValue: 'auto',
      },
    ],
    note: 'Keeps a byte order mark. Reads no configuration: prettier with prettier-plugin-wit does.',
    readsWit: false,
    examples: ['fmt', 'fmt wit/ --check', 'fmt - < world.wit'],
    load: async () => (await import('./fmt.ts')).fmt,
  },
  {
    name: 'validate',
    description: 'Validate a component or WIT, and list all findings.',
    arguments: [['<path>', WIT_PATH]],
    readsWit: true,
    examples: ['validate app.wasm', 'validate wit/'],
    load: async () => (await import('./validate.ts')).validate,
  },
  {
    name: 'inspect',
    description:
      'Show what a component contains: modules, instances, imports, exports, sizes and capabilities.',
    arguments: [['<component>', 'the component (.wasm or -)']],
    options: [
      {
        flags: '--mermaid',
        description: 'print a Mermaid diagram of the instances and the functions that connect them',
      },
    ],
    readsWit: false,
    examples: ['inspect app.wasm', 'inspect app.wasm --json', 'inspect app.wasm --mermaid'],
    load: async () => (await import('./inspect.ts')).inspect,
  },
  {
    name: 'transpile',
    description: 'Write a component as a static JavaScript module, its declarations, and its core modules.',
    arguments: [['<component>', 'the component (.wasm or -)']],
    options: [
      {
        flags: '-o, --out <dir>',
        description: 'the output directory; - prints the module (default: transpiled/ beside the component)',
      },
      { flags: '--name <name>', description: 'the name of the files (default: that of the component)' },
      {
        flags: '--target <platform>',
        description:
          'node, browser, worker (of a browser), or workerd (and other platforms that compile nothing)',
        defaultValue: 'node',
      },
      {
        flags: '--inline-below <size>',
        description: 'core modules of fewer bytes become a part of the module: 4096, 16KiB (default: 0)',
      },
      { flags: '--minify', description: 'write a short text' },
      {
        flags: '--map <import=module>',
        description: 'import this interface from that module: a:b/c=./c.js, wasi:*/*=@scope/shim/*#*',
        isRepeatable: true,
      },
      {
        flags: '--component <import=file>',
        description: 'give this component for an import: some-part=part.wasm, a:b/c#some-part=part.wasm',
        isRepeatable: true,
      },
      {
        flags: '--suspend <names>',
        description: 'imports that may return promises where WIT is synchronous, or all; repeatable',
        isList: true,
      },
      ...MAPPING_OPTIONS,
      { flags: '--lazy', description: 'make no instance when the module is loaded' },
      ...INSTANCE_OPTIONS,
      { flags: '--js-only', description: 'write no declarations' },
      { flags: '--force', description: 'overwrite files that were edited by hand, or written by others' },
      ...WORKER_OPTIONS,
    ],
    readsWit: false,
    note: `The module exports instantiate(imports), instantiateSync(imports) and compile(). If no import is left for the
host to give, it also makes an instance when it is loaded, and exports what the component exports.
With --target workerd, a component that handles HTTP requests becomes a worker that can be deployed, with its
configuration. By default it has clocks, random bytes and a log, and no files, variables or network.`,
    examples: [
      'transpile app.wasm',
      'transpile app.wasm -o dist --target browser --minify',
      'transpile app.wasm --map example:service/processor=./processor.js',
      'transpile app.wasm --target workerd -o worker --http https://api.example.org',
    ],
    load: async () => (await import('./transpile.ts')).transpile,
  },
  componentizeCommand,
  runProgramCommand,
  serveComponentCommand,
];
