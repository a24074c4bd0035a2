import type { Diagnostic } from '@wit-ts/diagnostics';

/** The exit codes of the command line. */
export const EXIT = {
  success: 0,
  /** The check failed: not satisfied, not formatted, out of date, a breaking change, or errors found. */
  checkFailed: 1,
  usage: 2,
  /** The input cannot be read, or the output cannot be written. */
  input: 3,
  /** A bug in wit-ts. */
  bug: 70,
  /** A program ran longer than it may, as the command `timeout` reports it. */
  timeout: 124,
  /** A program trapped, as a shell reports a process that called `abort`. */
  trap: 134,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Ends a command with a message for the user and an exit code for scripts. */
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

/** Returns the failure for wrong usage: a choice is missing, or options exclude each other. */
export function usageFailure(message: string, help?: string): Failure {
  return new Failure(EXIT.usage, message, help);
}

/** Returns the failure for input that cannot be read, or output that cannot be written. */
export function inputFailure(message: string, help?: string): Failure {
  return new Failure(EXIT.input, message, help);
}

/** Ends a command because of findings in the input: it is not valid, or a part of it cannot be read. */
export class Findings extends Error {
  override readonly name = 'Findings';
  readonly diagnostics: readonly Diagnostic[];
  readonly exitCode: ExitCode;

  constructor(diagnostics: readonly Diagnostic[], exitCode: ExitCode = EXIT.checkFailed) {
    super(`there are ${diagnostics.length} findings`);
    this.diagnostics = diagnostics;
    this.exitCode = exitCode;
  }
}

/** Returns the failure for a file that cannot be read or written, with the reason. */
export function fileFailure(verb: 'read' | 'write', path: string, cause: unknown): Failure {
  if (cause instanceof Failure) return cause;
  return inputFailure(`cannot ${verb} \`${path}\`: ${fileErrorReason(cause)}`);
}

/** Says in words why the system refused to read or write. */
export function fileErrorReason(cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  return REASONS.get(code) ?? (cause instanceof Error ? cause.message : String(cause));
}

const REASONS: ReadonlyMap<string, string> = new Map([
  ['ENOENT', 'it does not exist'],
  ['EACCES', 'permission is denied'],
  ['EPERM', 'permission is denied'],
  ['EEXIST', 'something else has this name'],
  ['EISDIR', 'it is a directory'],
  ['ENOTDIR', 'a part of the path is not a directory'],
  ['EMFILE', 'too many files are open'],
  ['ENOSPC', 'no space is left on the device'],
  ['EROFS', 'the file system is read-only'],
  ['ELOOP', 'its symbolic links form a cycle'],
  ['ENXIO', 'it is not a file'],
  ['ENAMETOOLONG', 'the name is too long'],
]);
