import type { Diagnostic } from './diagnostic.ts';
import { renderPlain } from './render.ts';

/** Thrown by the `…OrThrow` doors: carries every diagnostic, and shows them all in its message. */
export class WitError extends Error {
  override readonly name = 'WitError';
  readonly diagnostics: readonly Diagnostic[];

  constructor(diagnostics: readonly Diagnostic[]) {
    super(diagnostics.map((diagnostic) => renderPlain(diagnostic)).join('\n'));
    this.diagnostics = diagnostics;
  }
}
