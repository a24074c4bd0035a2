import { CommanderError } from 'commander';
import { EXIT } from './failure.ts';
import type { Io } from './io.ts';
import { programOf } from './program.ts';
import { CommandContext } from './command-context.ts';
import { reportError } from './report-error.ts';

/**
 * Runs the command line with the streams of `io`, and returns the exit code. Never throws.
 *
 * @param argv the arguments after the program's name
 */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  let code: number = EXIT.success;
  const program = programOf(io, (result) => {
    code = result;
  });
  for (const command of [program, ...program.commands]) {
    command
      .exitOverride()
      .configureOutput({
        writeOut: (text) => io.stdout.write(text),
        writeErr: (text) => io.stderr.write(text),
        getOutHelpWidth: () => 100,
        getErrHelpWidth: () => 100,
        getOutHasColors: () => false,
        getErrHasColors: () => false,
      })
      .showHelpAfterError(
        `(run \`${command === program ? 'wit-ts' : `wit-ts ${command.name()}`} --help\` for usage)`,
      );
  }
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.success : EXIT.usage;
    return reportError(error, contextOf(argv, io));
  }
}

/** The context for reporting a failure, when the options of the command are out of reach. */
function contextOf(argv: readonly string[], io: Io): CommandContext {
  const color = argv.includes('--no-color')
    ? { color: false }
    : argv.includes('--color')
      ? { color: true }
      : {};
  return new CommandContext(io, { json: argv.includes('--json'), lines: argv.includes('--lines'), ...color });
}
