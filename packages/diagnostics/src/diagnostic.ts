import type { Span } from './source.ts';

/** How serious a finding is. Only errors prevent a result from being used. */
export type Severity = 'error' | 'warning' | 'info';

/**
 * One finding. `code` is stable and in kebab case (`docs/codes.md` has an example of each). `message` says what is
 * wrong, without a full stop, and `help` says what to do about it.
 */
export interface Diagnostic {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  /** The position in the source; absent if the finding is not about a text, as for a missing directory. */
  readonly span?: Span;
  readonly related?: readonly Related[];
  readonly help?: string;
}

/** Another position that explains the finding: "first defined here". */
export interface Related {
  readonly message: string;
  readonly span: Span;
}

/** The result of a step that can fail: the best value that could be made, and every finding. */
export interface Outcome<T> {
  readonly value: T;
  readonly diagnostics: readonly Diagnostic[];
}

/** Returns whether one of the findings is an error. */
export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((diagnostic) => diagnostic.severity === 'error');
}
