export { SourceFile, type Position, type Span } from './source.ts';
export { hasErrors, type Diagnostic, type Outcome, type Related, type Severity } from './diagnostic.ts';
export {
  diagnosticToJson,
  frame,
  render,
  renderPlain,
  type DiagnosticJson,
  type RenderOptions,
  type SpanJson,
} from './render.ts';
export { paintOf, printable, printableLine, type Paint } from './paint.ts';
export { nearest } from './nearest.ts';
export { refuseUnknownOptions } from './unknown-options.ts';
export { WitError } from './wit-error.ts';
