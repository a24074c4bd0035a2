import type { Diagnostic } from './diagnostic.ts';
import { renderPlain } from './render.ts';

/** Thrown by the `…OrThrow` functions: has every diagnostic, and prints all of them in its message. */
export class WitError extends Error {
  override readonly name = 'WitError';
  readonly diagnostics: readonly Diagnostic[];

  constructor(diagnostics: readonly Diagnostic[]) {
    super(diagnostics.map((diagnostic) => renderPlain(diagnostic)).join('\n'));
    this.diagnostics = diagnostics;
  }
}
