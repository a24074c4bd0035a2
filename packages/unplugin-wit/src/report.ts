import { frame, paintOf, printable, render, WitError, type Diagnostic } from '@wit-ts/diagnostics';
import type { WitRequest } from './request.ts';

/** An error as Rollup and its relatives take it. */
export interface BundlerError {
  readonly message: string;
  readonly id?: string;
  readonly loc?: { readonly file: string; readonly line: number; readonly column: number };
  readonly frame?: string;
}

/**
 * Returns all findings as the one error that a bundler can show. It is at the position of the first finding. If there
 * are others, the message contains the source lines of each.
 */
function bundlerError(diagnostics: readonly Diagnostic[]): BundlerError {
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  const [first, ...others] = errors;
  if (first === undefined) return { message: 'no WIT was found' };
  const { span, message, code, help } = first;
  const all =
    others.length === 0 && (first.related ?? []).length === 0
      ? `[${code}] ${message}${help === undefined ? '' : `\nhelp: ${help}`}`
      : `${errors.length} ${errors.length === 1 ? 'error' : 'errors'} in WIT\n\n${errors.map((each) => render(each)).join('\n\n')}`;
  if (span === undefined) return { message: all };
  const { line, column } = span.file.position(span.start);
  const plain = paintOf(false);
  return {
    message: all,
    id: span.file.path,
    // Bundlers count columns from 0.
    loc: { file: span.file.path, line, column: column - 1 },
    frame: frame(span, plain, plain.red, '').slice(1).join('\n'),
  };
}

/** Returns why a component cannot be in a bundle for workerd. @param setting of the bundler, for ES modules */
export function needsModules(setting: string): string {
  return `with the target \`workerd\`, core modules are imported, which only ES modules can do; set ${setting}`;
}

/**
 * Returns what a bundler shows for an error, or `undefined` for an error that is a fault of this package: its stack
 * must not get lost.
 */
export function shownError(error: unknown, { file }: WitRequest): BundlerError | undefined {
  if (error instanceof WitError) return bundlerError(error.diagnostics);
  if (!(error instanceof Error)) return undefined;
  const isOfFile = error.name === 'DecodeError' || error instanceof TypeError || 'syscall' in error;
  return isOfFile ? { message: `cannot use ${file}: ${printable(error.message)}`, id: file } : undefined;
}
