import { Command, Option } from 'commander';
import type { ExitCode } from './failure.ts';
import type { Io } from './io.ts';
import { Session, type CommonOptions } from './session.ts';
import { version } from './version.ts';

/** What a command's module has: loaded only when the command is called. */
type Run<Options> = (session: Session, args: readonly string[], options: Options) => Promise<ExitCode>;

/** The command line as commander sees it. `done` receives what a command ends with. */
export function programOf(io: Io, done: (code: ExitCode) => void): Command {
  const program = new Command('wit-ts')
    .description('The TypeScript toolchain for WebAssembly components.')
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .helpCommand('help [command]', 'print help of a command')
    .addHelpText(
      'after',
      `\nA PATH is ${PATH_IS}.\n\nExit codes: 0 fine, 1 the answer is no, 2 wrong usage, 3 input that cannot be read, 70 a fault of wit-ts.`,
    );

  const add = <Options extends CommonOptions>(command: Command, load: () => Promise<Run<Options>>): void => {
    command
      .addOption(new Option('--json', 'print JSON on standard output'))
      .addOption(new Option('--lines', 'findings as one line each: file:line:col: error[code]: message'))
      .addOption(new Option('--color', 'colour, also where nobody watches'))
      .addOption(new Option('--no-color', 'no colour'))
      .addOption(new Option('-q, --quiet', 'print results and errors only'))
      .action(async (...values: unknown[]) => {
        // Commander passes each argument, then the options, then the command.
        const options = values.at(-2) as Options;
        const args = values
          .slice(0, -2)
          .flat()
          .filter((value) => typeof value === 'string');
        const run = await load();
        done(await run(new Session(io, options), args, options));
      });
    program.addCommand(command);
  };

  add(
    withWit(new Command('gen'))
      .description('Write TypeScript bindings for a world.')
      .argument('<path>', 'what to read: .wit, directory, .wasm or -')
      .option('-o, --out <dir>', 'where to write; - prints (default: generated/ beside the input)')
      .option('--guest', 'declarations for who writes the component, not for who runs it')
      .option('--import-extension <ext>', 'how generated files import each other: .js, .ts or none', '.js')
      .option('--check', 'write nothing; exit with 1 where the files are stale')
      .option('--watch', 'go on, and write again whenever the input changes')
      .option('--force', 'overwrite files that were changed by hand')
      .addHelpText(
        'after',
        examples('gen world.wit', 'gen wit/ -w edge-handler -o src/bindings', 'gen wit/ --check'),
      ),
    async () => (await import('./commands/gen.ts')).gen,
  );
  add(
    withWit(new Command('check'))
      .description('Whether a component satisfies a world: every reason why not.')
      .argument('<component>', 'the component (.wasm or -), or WIT in its place')
      .option('--wit <path>', 'where the world is; without it: what the component asks for, by capability')
      .addHelpText(
        'after',
        examples(
          'check app.wasm',
          'check app.wasm --wit world.wit',
          'check app.wasm --wit wit/ -w edge-handler --json',
          'check wit/ --wit wit-1.0/',
        ),
      ),
    async () => (await import('./commands/check.ts')).check,
  );
  add(
    withWit(new Command('diff'))
      .description('What changed between two WIT packages or components, and the semver bump it needs.')
      .argument('<old>', 'the old: .wit, directory or .wasm')
      .argument('<new>', 'the new')
      .option('--semver', 'exit with 0 for a breaking change too, where the version says so')
      .option('--markdown', 'print Markdown, to be published with a release')
      .addHelpText(
        'after',
        `\nExits with 1 where the new breaks somebody, or its version does not say what it changes.\n${examples(
          'diff wit-1.0/ wit/',
          'diff wit-1.0/ wit/ --semver --markdown',
          'diff old.wasm new.wasm --json',
        )}`,
      ),
    async () => (await import('./commands/diff.ts')).diff,
  );
  add(
    withWit(new Command('wit'))
      .description('Print the resolved WIT, of WIT or of a component; with --json as the reference does.')
      .argument('<path>', 'what to read: .wit, directory, .wasm or -')
      .addHelpText('after', examples('wit app.wasm', 'wit wit/ -w edge-handler', 'wit wit/ --json')),
    async () => (await import('./commands/wit.ts')).wit,
  );
  add(
    new Command('fmt')
      .description('Format WIT in place, keeping every comment.')
      .argument(
        '[paths...]',
        'files and directories, without their deps/; - formats standard input (default: .)',
      )
      .option('--check', 'write nothing; exit with 1 where something is not formatted')
      .addHelpText('after', examples('fmt', 'fmt wit/ --check', 'fmt - < world.wit')),
    async () => (await import('./commands/fmt.ts')).fmt,
  );
  add(
    withWit(new Command('validate'))
      .description('Validate a component or WIT: all findings.')
      .argument('<path>', 'what to read: .wit, directory, .wasm or -')
      .addHelpText('after', examples('validate app.wasm', 'validate wit/')),
    async () => (await import('./commands/validate.ts')).validate,
  );
  add(
    new Command('inspect')
      .description(
        'What is inside a component: modules, instances, imports, exports, sizes, capabilities asked for.',
      )
      .argument('<component>', 'the component (.wasm or -)')
      .option('--mermaid', 'draw the instances and what flows between them, in Mermaid')
      .addHelpText(
        'after',
        examples('inspect app.wasm', 'inspect app.wasm --json', 'inspect app.wasm --mermaid'),
      ),
    async () => (await import('./commands/inspect.ts')).inspect,
  );
  add(
    new Command('run')
      .description('Call one export of a component that imports nothing, with arguments and result in WAVE.')
      .argument('<component>', 'the component (.wasm or -)')
      .requiredOption('--invoke <call>', "what to call: 'name(args)', or 'interface.name(args)'")
      .addHelpText(
        'after',
        examples(`run add.wasm --invoke 'add(1, 2)'`, `run app.wasm --invoke 'api.greet({name: "Ada"})'`),
      ),
    async () => (await import('./commands/run.ts')).run,
  );
  return program;
}

export const PATH_IS =
  'a .wit file, a package directory with deps/, a component or WIT package (.wasm), or - for standard input';

/** The options of commands that read WIT. */
export interface WitOptions extends CommonOptions {
  readonly world?: string;
  readonly features?: readonly string[];
  readonly allFeatures?: boolean;
}

function withWit(command: Command): Command {
  return command
    .option('-w, --world <name>', 'the world, where there are several: name or ns:pkg/name@version')
    .addOption(
      new Option('--features <names>', 'unstable features to switch on, separated by commas').argParser(
        (value: string, previous: string[] = []) => [
          ...previous,
          ...value.split(',').filter((name) => name !== ''),
        ],
      ),
    )
    .option('--all-features', 'switch all unstable features on');
}

function examples(...lines: readonly string[]): string {
  return `\nExamples:\n${lines.map((line) => `  $ wit-ts ${line}`).join('\n')}`;
}
