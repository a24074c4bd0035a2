import { Command, Option } from 'commander';
import { CommandContext, type CommonOptions } from './command-context.ts';
import { COMMANDS, type CommandEntry, type CommandOption } from './commands/command-table.ts';
import type { Io } from './io.ts';
import { version } from './version.ts';

/**
 * Builds the command line for commander.
 *
 * @param done receives the exit code of the command that ran
 */
export function programOf(io: Io, done: (code: number) => void): Command {
  const program = new Command('wit-ts')
    .description('The TypeScript toolchain for WebAssembly components.')
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .helpCommand('help [command]', 'print the help of a command')
    .addHelpText('after', `\n${PATHS}\n\n${EXIT_CODES}`);
  for (const entry of COMMANDS) program.addCommand(commandOf(entry, io, done));
  return program;
}

const PATHS =
  'A path is a .wit file, a package directory with deps/, a component or WIT package (.wasm),\nor - for standard input.';

const EXIT_CODES = `Exit codes:
  0   success
  1   the check failed: not satisfied, not formatted, out of date, breaking change, or errors found;
      or run could not finish, or serve not begin: a trap in a call, or an import without a host
  2   wrong usage
  3   the input cannot be read, the output cannot be written, or serve cannot use the address
  70  a bug in wit-ts
  124 a program of run took longer than --timeout
  134 a program of run trapped, or ran out of --fuel; otherwise run has the exit code of the program`;

const COMMON_OPTIONS: readonly CommandOption[] = [
  { flags: '--json', description: 'print JSON on standard output', excludes: 'lines' },
  { flags: '--lines', description: 'print each finding on one line: file:line:col: error[code]: message' },
  { flags: '--color', description: 'force colour even when the output is not a terminal' },
  { flags: '--no-color', description: 'never use colour' },
  { flags: '-q, --quiet', description: 'print only results and errors' },
];

function commandOf(entry: CommandEntry, io: Io, done: (code: number) => void): Command {
  const command = new Command(entry.name)
    .description(entry.description)
    .helpOption('-h, --help', 'print help');
  for (const [argument, description] of entry.arguments) command.argument(argument, description);
  if (entry.readsWit !== false) addWitOptions(command, entry.readsWit === 'worlds');
  for (const option of [...(entry.options ?? []), ...COMMON_OPTIONS]) command.addOption(optionOf(option));
  return command.addHelpText('after', helpAfter(entry)).action(async () => {
    const run = await entry.load();
    const context = new CommandContext(io, command.opts<CommonOptions>());
    done(await run(context, command.args, command.opts<never>()));
  });
}

function optionOf({ flags, description, defaultValue, whenBare, ...is }: CommandOption): Option {
  const option = new Option(flags, description)
    .default(defaultValue)
    .makeOptionMandatory(is.isRequired ?? false);
  if (whenBare !== undefined) option.preset(whenBare);
  if (is.excludes !== undefined) option.conflicts(is.excludes);
  if (is.isRepeatable === true) return option.argParser(addValue);
  return is.isList === true ? option.argParser(addToList) : option;
}

function addToList(value: string, previous: readonly string[] = []): readonly string[] {
  return [...previous, ...value.split(',').filter((name) => name !== '')];
}

function addValue(value: string, previous: readonly string[] = []): readonly string[] {
  return [...previous, value];
}

function addWitOptions(command: Command, takesWorlds: boolean): void {
  const world = takesWorlds
    ? new Option(
        '-w, --world <name>',
        'a world, if there are several: name or ns:pkg/name@version; repeatable',
      )
    : new Option('-w, --world <name>', 'the world, if there are several: name or ns:pkg/name@version');
  if (takesWorlds) world.argParser(addValue);
  command
    .addOption(world)
    .addOption(
      new Option('--features <names>', 'unstable features to enable, separated by commas').argParser(
        addToList,
      ),
    )
    .option('--all-features', 'enable all unstable features');
}

function helpAfter({ note, examples }: CommandEntry): string {
  const lines = examples.map((example) => `  $ wit-ts ${example}`);
  return ['', ...(note === undefined ? [] : [note, '']), 'Examples:', ...lines].join('\n');
}
