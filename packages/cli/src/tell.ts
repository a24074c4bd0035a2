import { paintOf, printable } from '@wit-ts/diagnostics';
import { EXIT, Failure, Findings } from './failure.ts';
import { diagnosticsJson, type Session } from './session.ts';

/** Says why a command ended early, and gives the exit code for it. */
export function tell(error: unknown, session: Session): number {
  const diagnostics = diagnosticsOf(error);
  if (diagnostics !== undefined) {
    if (session.json) session.outJson({ diagnostics: diagnosticsJson(diagnostics) });
    session.diagnostics(diagnostics);
    return EXIT.no;
  }
  const failure = failureOf(error);
  const exitCode = failure?.exitCode ?? EXIT.fault;
  const message = failure?.message ?? `${textOf(error)}\n\nThis is a fault of wit-ts. Please report it.`;
  if (session.json)
    session.outJson({ error: { message, exitCode, ...(failure?.help && { help: failure.help }) } });
  const red = paintOf(session.color(session.io.stderr)).red('error');
  session.error(`${red}: ${printable(message)}`);
  if (failure?.help !== undefined) session.error(`help: ${printable(failure.help)}`);
  return exitCode;
}

function diagnosticsOf(error: unknown): Findings['diagnostics'] | undefined {
  if (error instanceof Findings) return error.diagnostics;
  // By name, so that the parser need not be loaded to know its errors.
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
