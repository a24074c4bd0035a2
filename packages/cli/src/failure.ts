import type { Diagnostic } from '@wit-ts/diagnostics';

/** What a command ends with. */
export const EXIT = {
  fine: 0,
  /** The answer is no: not satisfied, not formatted, errors found. */
  no: 1,
  usage: 2,
  /** What was given cannot be read. */
  input: 3,
  /** A fault of ours. */
  fault: 70,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Ends a command with a sentence for the user, and the exit code that scripts know. */
export class Failure extends Error {
  override readonly name = 'Failure';
  readonly exitCode: ExitCode;
  readonly help: string | undefined;

  constructor(exitCode: ExitCode, message: string, help?: string) {
    super(message);
    this.exitCode = exitCode;
    this.help = help;
  }
}

/** The command was called wrongly: a choice is missing, options do not go together. */
export function usageFailure(message: string, help?: string): Failure {
  return new Failure(EXIT.usage, message, help);
}

/** What was given cannot be read, or a result not be written. */
export function inputFailure(message: string, help?: string): Failure {
  return new Failure(EXIT.input, message, help);
}

/** The input could be read and is not valid. */
export class Findings extends Error {
  override readonly name = 'Findings';
  readonly diagnostics: readonly Diagnostic[];

  constructor(diagnostics: readonly Diagnostic[]) {
    super(`there are ${diagnostics.length} findings`);
    this.diagnostics = diagnostics;
  }
}

/** Why a file could not be read or written, as a sentence. */
export function fileFailure(verb: 'read' | 'written', path: string, cause: unknown): Failure {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : undefined;
  const reason = code === undefined ? undefined : REASONS.get(code);
  const why = reason ?? (cause instanceof Error ? cause.message : String(cause));
  return inputFailure(`${path} cannot be ${verb}: ${why}`);
}

const REASONS: ReadonlyMap<string, string> = new Map([
  ['ENOENT', 'it does not exist'],
  ['EACCES', 'permission is denied'],
  ['EPERM', 'permission is denied'],
  ['EISDIR', 'it is a directory'],
  ['ENOTDIR', 'a part of the path is no directory'],
  ['EMFILE', 'too many files are open'],
  ['ENOSPC', 'no space is left'],
  ['EROFS', 'the file system is read-only'],
  ['ELOOP', 'its symbolic links go in circles'],
]);
