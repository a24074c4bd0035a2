import { CommandContext, diagnosticsJson } from './command-context.ts';
import { EXIT, Failure, Findings } from './failure.ts';
import type { Io } from './io.ts';

/** Reports why a command ended early, and returns the exit code for it. */
export function reportError(error: unknown, context: CommandContext): number {
  const diagnostics = diagnosticsOf(error);
  if (diagnostics !== undefined) {
    if (context.json) context.outJson({ diagnostics: diagnosticsJson(diagnostics) });
    context.diagnostics(diagnostics);
    return error instanceof Findings ? error.exitCode : EXIT.checkFailed;
  }
  const failure = failureOf(error);
  const { message, exitCode, help } = failure;
  if (context.json) context.outJson({ error: { message, exitCode, ...(help && { help }) } });
  context.failure(failure);
  return exitCode;
}

function diagnosticsOf(error: unknown): Findings['diagnostics'] | undefined {
  if (error instanceof Findings) return error.diagnostics;
  // The check by name recognises the parser's errors without loading the parser.
  const isWitError = error instanceof Error && error.name === 'WitError' && 'diagnostics' in error;
  return isWitError ? (error.diagnostics as Findings['diagnostics']) : undefined;
}

function failureOf(error: unknown): Failure {
  if (error instanceof Failure) return error;
  if (error instanceof Error && error.name === 'DecodeError') return new Failure(EXIT.input, error.message);
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return new Failure(EXIT.bug, `${text}\n\nThis is a bug in wit-ts. Please report it.`);
}

/** The context for reporting a failure, when the options of the command are out of reach. */
export function contextOf(argv: readonly string[], io: Io): CommandContext {
  const color = argv.includes('--no-color')
    ? { color: false }
    : argv.includes('--color')
      ? { color: true }
      : {};
  return new CommandContext(io, { json: argv.includes('--json'), lines: argv.includes('--lines'), ...color });
}
