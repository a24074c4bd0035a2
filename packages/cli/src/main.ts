import { quickCommand } from './commands/quick-command.ts';
import { EXIT } from './failure.ts';
import type { Io } from './io.ts';
import { contextOf, reportError } from './report-error.ts';
import { runEntry } from './run-entry.ts';

/**
 * Runs the command line with the streams of `io`, and returns the exit code. Never throws.
 *
 * @param argv the arguments after the program's name
 */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  if (argv.length === 1 && (argv[0] === '--version' || argv[0] === '-V')) {
    io.stdout.write(`${(await import('./version.ts')).version}\n`);
    return EXIT.success;
  }
  const command = quickCommand(argv);
  if (command === undefined) return (await import('./commander-main.ts')).commanderMain(argv, io);
  try {
    return await runEntry(command.entry, io, command.args, command.options);
  } catch (error) {
    return reportError(error, contextOf(argv, io));
  }
}
