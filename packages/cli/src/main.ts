import { CommanderError } from 'commander';
import { EXIT } from './failure.ts';
import type { Io } from './io.ts';
import { programOf } from './program.ts';
import { Session } from './session.ts';
import { tell } from './tell.ts';

/**
 * Runs the command line: prints by `io`, and gives the exit code. Never throws.
 *
 * @param argv the arguments after the program's name
 */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  let code: number = EXIT.fine;
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
      .showHelpAfterError('(see --help)');
  }
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.fine : EXIT.usage;
    return tell(error, sessionOf(argv, io));
  }
}

/** For what is said when a command has failed: by then its options are out of reach. */
function sessionOf(argv: readonly string[], io: Io): Session {
  const color = argv.includes('--no-color')
    ? { color: false }
    : argv.includes('--color')
      ? { color: true }
      : {};
  return new Session(io, { json: argv.includes('--json'), lines: argv.includes('--lines'), ...color });
}
