import type { Span } from './source.ts';

export type Severity = 'error' | 'warning' | 'info';

/**
 * One finding. `code` is stable and kebab-case (`docs/codes.md` has an example of each); `message` is a sentence
 * without a full stop that names what is wrong; `help` says what to do about it.
 */
export interface Diagnostic {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  /** Absent only where a finding concerns no text: a missing directory, a component's bytes. */
  readonly span?: Span;
  readonly related?: readonly Related[];
  readonly help?: string;
}

/** Another place that explains the finding: "first defined here". */
export interface Related {
  readonly message: string;
  readonly span: Span;
}

/** What a fallible step gives: always a value as good as could be made, and every finding. */
export interface Outcome<T> {
  readonly value: T;
  readonly diagnostics: readonly Diagnostic[];
}

export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((diagnostic) => diagnostic.severity === 'error');
}
