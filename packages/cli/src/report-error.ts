import { paintOf, printable } from '@wit-ts/diagnostics';
import { diagnosticsJson, type CommandContext } from './command-context.ts';
import { EXIT, Failure, Findings } from './failure.ts';

/** Reports why a command ended early, and returns the exit code for it. */
export function reportError(error: unknown, context: CommandContext): number {
  const diagnostics = diagnosticsOf(error);
  if (diagnostics !== undefined) {
    if (context.json) context.outJson({ diagnostics: diagnosticsJson(diagnostics) });
    context.diagnostics(diagnostics);
    return error instanceof Findings ? error.exitCode : EXIT.checkFailed;
  }
  const failure = failureOf(error);
  const exitCode = failure?.exitCode ?? EXIT.bug;
  const message = failure?.message ?? `${textOf(error)}\n\nThis is a bug in wit-ts. Please report it.`;
  if (context.json)
    context.outJson({ error: { message, exitCode, ...(failure?.help && { help: failure.help }) } });
  const red = paintOf(context.color(context.io.stderr)).red('error');
  context.error(`${red}: ${printable(message)}`);
  if (failure?.help !== undefined) context.error(`help: ${printable(failure.help)}`);
  return exitCode;
}

function diagnosticsOf(error: unknown): Findings['diagnostics'] | undefined {
  if (error instanceof Findings) return error.diagnostics;
  // The check by name recognises the parser's errors without loading the parser.
  const isWitError = error instanceof Error && error.name === 'WitError' && 'diagnostics' in error;
  return isWitError ? (error.diagnostics as Findings['diagnostics']) : undefined;
}

function failureOf(error: unknown): Failure | undefined {
  if (error instanceof Failure) return error;
  if (error instanceof Error && error.name === 'DecodeError') return new Failure(EXIT.input, error.message);
  return undefined;
}

function textOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
