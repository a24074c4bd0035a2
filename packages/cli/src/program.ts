import { Command, Option } from 'commander';
import type { CommonOptions } from './command-context.ts';
import { optionsOf } from './commands/common-options.ts';
import { COMMANDS, type CommandEntry, type CommandOption } from './commands/command-table.ts';
import { keyOf, longName } from './commands/option-names.ts';
import { usageFailure } from './failure.ts';
import type { Io } from './io.ts';
import { runEntry } from './run-entry.ts';
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

function commandOf(entry: CommandEntry, io: Io, done: (code: number) => void): Command {
  const command = new Command(entry.name)
    .description(entry.description)
    .helpOption('-h, --help', 'print help');
  for (const [argument, description] of entry.arguments) command.argument(argument, description);
  for (const option of optionsOf(entry)) command.addOption(optionOf(option));
  refuseTwoValues(command, optionsOf(entry));
  return command.addHelpText('after', helpAfter(entry)).action(async () => {
    done(await runEntry(entry, io, command.args, command.opts<CommonOptions>()));
  });
}

/** Makes commander throw a `Failure` for an option with two values, of which it would silently take the last. */
function refuseTwoValues(command: Command, options: readonly CommandOption[]): void {
  const given = new Map<string, string>();
  for (const { flags, isRepeatable = false, isList = false } of options) {
    if (isRepeatable || isList) continue;
    const long = longName(flags);
    command.on(`option:${long.slice(2)}`, (value: string | undefined) => {
      const text = value === undefined ? long : `${long} ${value}`;
      const before = given.get(keyOf(long)) ?? text;
      if (before !== text)
        throw usageFailure(`\`${before}\` and \`${text}\` exclude each other`, 'leave one of the two out');
      given.set(keyOf(long), text);
    });
  }
}

function optionOf({ flags, description, defaultValue, whenBare, ...is }: CommandOption): Option {
  const option = new Option(flags, description)
    .default(defaultValue)
    .makeOptionMandatory(is.isRequired ?? false);
  if (whenBare !== undefined) option.preset(whenBare);
  if (is.excludes !== undefined) option.conflicts([...is.excludes]);
  if (is.isRepeatable === true) return option.argParser(addValue);
  return is.isList === true ? option.argParser(addToList) : option;
}

function addToList(value: string, previous: readonly string[] = []): readonly string[] {
  return [...previous, ...value.split(',').filter((name) => name !== '')];
}

function addValue(value: string, previous: readonly string[] = []): readonly string[] {
  return [...previous, value];
}

function helpAfter({ note, examples }: CommandEntry): string {
  const lines = examples.map((example) => `  $ wit-ts ${example}`);
  return ['', ...(note === undefined ? [] : [note, '']), 'Examples:', ...lines].join('\n');
}
