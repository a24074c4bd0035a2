import type { Diagnostic } from './diagnostic.ts';
import { paintOf, printable, printableLine, type Paint } from './paint.ts';
import type { Span } from './source.ts';

/** The options of `render`. */
export interface RenderOptions {
  /** Whether to colour by ANSI escapes. Callers decide by terminal, `--color` and `NO_COLOR`. */
  readonly color?: boolean;
}

/** Renders a diagnostic on one line for editors and CI: `file:line:col: error[code]: message`. */
export function renderPlain(diagnostic: Diagnostic): string {
  const { severity, code, message, span } = diagnostic;
  const position = span === undefined ? '' : `${positionText(span)}: `;
  return printableLine(`${position}${severity}[${code}]: ${message}`);
}

/**
 * Renders a diagnostic for people: the message, the source line with the span underlined, a source line for each
 * related position, and the help.
 */
export function render(diagnostic: Diagnostic, options: RenderOptions = {}): string {
  const paint = paintOf(options.color);
  const tint = diagnostic.severity === 'error' ? paint.red : paint.yellow;
  const lines = [
    `${tint(`${diagnostic.severity}[${diagnostic.code}]`)}${paint.bold(printableLine(`: ${diagnostic.message}`))}`,
  ];
  if (diagnostic.span !== undefined) lines.push(...frame(diagnostic.span, paint, tint, ''));
  for (const related of diagnostic.related ?? [])
    lines.push(...frame(related.span, paint, paint.blue, related.message));
  if (diagnostic.help !== undefined) lines.push(`${paint.blue('help')}: ${printableLine(diagnostic.help)}`);
  return lines.join('\n');
}

/** Converts a diagnostic to its stable JSON form: lines and columns from 1, offsets in UTF-16 units from 0. */
export function diagnosticToJson(diagnostic: Diagnostic): DiagnosticJson {
  const { code, severity, message, span, related, help } = diagnostic;
  return {
    code,
    severity,
    message,
    ...(span === undefined ? {} : { span: spanToJson(span) }),
    ...(related === undefined || related.length === 0
      ? {}
      : { related: related.map((item) => ({ message: item.message, span: spanToJson(item.span) })) }),
    ...(help === undefined ? {} : { help }),
  };
}

/** The stable JSON form of a position: lines and columns from 1, offsets from 0. */
export interface SpanJson {
  readonly file: string;
  readonly start: { readonly offset: number; readonly line: number; readonly column: number };
  readonly end: { readonly offset: number; readonly line: number; readonly column: number };
}

/** The stable JSON form of a diagnostic. */
export interface DiagnosticJson {
  readonly code: string;
  readonly severity: string;
  readonly message: string;
  readonly span?: SpanJson;
  readonly related?: readonly { readonly message: string; readonly span: SpanJson }[];
  readonly help?: string;
}

function spanToJson(span: Span): SpanJson {
  return {
    file: span.file.path,
    start: { offset: span.start, ...span.file.position(span.start) },
    end: { offset: span.end, ...span.file.position(span.end) },
  };
}

function positionText(span: Span): string {
  const { line, column } = span.file.position(span.start);
  return printableLine(`${span.file.path}:${line}:${column}`);
}

/** Longer lines are cut around the span, so that a line of a megabyte does not fill the terminal. */
const FRAME_WIDTH = 160;

/**
 * Renders the position of a span, its source line, and marks below the span with a note beside them, in four lines.
 *
 * @param tint colours the marks
 */
export function frame(span: Span, paint: Paint, tint: Paint['red'], note: string): string[] {
  const { line, column } = span.file.position(span.start);
  const gutter = ' '.repeat(String(line).length);
  const text = span.file.line(line);
  const from = Math.max(0, Math.min(column - 1 - FRAME_WIDTH / 2, text.length - FRAME_WIDTH));
  const shown = text.slice(from, from + FRAME_WIDTH);
  const before = shown.slice(0, column - 1 - from);
  const length = Math.max(
    1,
    Math.min(span.end - span.start, text.length - (column - 1), FRAME_WIDTH - before.length),
  );
  const pad = [...before].map((char) => (char === '\t' ? '\t' : ' ')).join('');
  const message = note === '' ? '' : ` ${printableLine(note)}`;
  return [
    `${gutter}${paint.dim('-->')} ${positionText(span)}`,
    `${gutter} ${paint.dim('|')}`,
    `${paint.dim(`${line} |`)} ${printable(shown)}`,
    `${gutter} ${paint.dim('|')} ${pad}${tint(`${'^'.repeat(length)}${message}`)}`,
  ];
}
