import { CommanderError } from 'commander';
import { EXIT, usageFailure } from './failure.ts';
import type { Io } from './io.ts';
import { programOf } from './program.ts';
import { contextOf, reportError } from './report-error.ts';

/** Does what `main` does, with commander: for help, mistakes, and all else that `quickCommand` does not read. */
export async function commanderMain(argv: readonly string[], io: Io): Promise<number> {
  let code: number = EXIT.success;
  const program = programOf(io, (result) => {
    code = result;
  });
  // Commander prints its errors by itself. They are kept, because `--json` and `--lines` hold for them too.
  let usageText = '';
  for (const command of [program, ...program.commands]) {
    command
      .exitOverride()
      .configureOutput({
        writeOut: (text) => io.stdout.write(text),
        writeErr: (text) => (usageText += withBackquotes(text)),
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
    const context = contextOf(argv, io);
    if (!(error instanceof CommanderError)) return reportError(error, context);
    if (error.exitCode === 0) return EXIT.success;
    if (context.json || context.lines) return reportError(usageFailure(usageMessage(error)), context);
    context.error(usageText.trimEnd());
    return EXIT.usage;
  }
}

/** The message without the word `error` and without the help that commander adds. */
function usageMessage({ code, message }: CommanderError): string {
  if (code.startsWith('commander.help')) return 'no command was given; run `wit-ts --help` for usage';
  return withBackquotes(message.replace(/^error: /u, '').trim());
}

/** Commander puts what the user wrote between apostrophes; every other message puts it between backquotes. */
function withBackquotes(text: string): string {
  return text.replaceAll(/'([^'\n]+)'/gu, '`$1`');
}
