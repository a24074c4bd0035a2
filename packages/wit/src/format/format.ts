import { withoutPrototype } from '@wit-ts/model';
import { SourceFile, type Diagnostic, type Outcome } from '@wit-ts/diagnostics';
import { parseCst, tokenize, type ParsedCst } from '@wit-ts/grammar';
import { parse } from '../parse.ts';
import type { Doc } from './doc.ts';
import { layout } from './layout.ts';
import { fileDoc } from './rules.ts';
import { isSameText } from './same-text.ts';

/** The options of `format`. */
export interface FormatOptions {
  /** The name of the text in diagnostics. */
  readonly path?: string;
  /** The width that lines should not exceed; 80 by default. */
  readonly printWidth?: number;
  /** The number of spaces for a level of indentation; 2 by default. */
  readonly tabWidth?: number;
  /** Whether a level of indentation is a tab. */
  readonly useTabs?: boolean;
  /** The ends of lines: those of the first line for `auto`, which is the default, or LF or CRLF. */
  readonly endOfLine?: EndOfLine;
}

/** The line endings of a formatted text, as in prettier. WIT does not allow lines that end in a lone CR. */
export type EndOfLine = 'auto' | 'lf' | 'crlf';

/**
 * Formats WIT in the canonical style: two spaces of indentation; a line for each field, case and flag, with a comma
 * behind it; at most one blank line in a row, and one around everything with braces at the top level. Every comment
 * keeps its place, and block comments keep their text, because they are documentation. An item after a comment
 * `prettier-ignore` is left unchanged. A byte order mark is kept.
 *
 * A text with syntax errors is returned unchanged, with diagnostics. The result always has the tokens and comments of
 * the input in the same order; any other result would be discarded and reported.
 */
export function format(text: string, options: FormatOptions = {}): Outcome<string> {
  const own: FormatOptions = withoutPrototype(options);
  const { value: parsed, diagnostics } = formatDoc(text, own.path);
  return parsed === undefined ? { value: text, diagnostics } : render(text, parsed, own);
}

/** The result of `formatDoc`, for the printer of prettier or of `format`. */
export interface FormattedDoc extends ParsedCst {
  readonly doc: Doc;
}

/**
 * Returns the document that `format` lays out, in the data structures of prettier. The value is `undefined` when the
 * text has syntax errors, and the diagnostics describe them.
 */
export function formatDoc(text: string, path = '<wit>'): Outcome<FormattedDoc | undefined> {
  const parsed = parseCst(text);
  if (parsed.errors.length === 0)
    return { value: { ...parsed, doc: fileDoc(text, parsed) }, diagnostics: [] };
  return { value: undefined, diagnostics: parse(new SourceFile(path, text)).diagnostics };
}

function render(text: string, parsed: FormattedDoc, options: FormatOptions): Outcome<string> {
  const { path = '<wit>', tabWidth = 2, printWidth = 80, useTabs = false, endOfLine = 'auto' } = options;
  const indent = useTabs ? '\t' : ' '.repeat(tabWidth);
  const laidOut = layout(parsed.doc, { printWidth, tabWidth, indent });
  const value = withEndOfLine(laidOut, endOfLine === 'auto' ? endOfFirstLine(text) : endOfLine);
  if (isSameText(parsed, tokenize(value)))
    return { value: text.startsWith(MARK) ? `${MARK}${value}` : value, diagnostics: [] };
  return { value: text, diagnostics: [unfaithful(new SourceFile(path, text))] };
}

/** The byte order mark. */
const MARK = '\ufeff';

function endOfFirstLine(text: string): 'lf' | 'crlf' {
  const end = text.indexOf('\n');
  return end > 0 && text[end - 1] === '\r' ? 'crlf' : 'lf';
}

/** Comments and ignored items keep the line endings of the source until here. */
function withEndOfLine(text: string, endOfLine: 'lf' | 'crlf'): string {
  const unix = text.replaceAll('\r\n', '\n');
  return endOfLine === 'lf' ? unix : unix.replaceAll('\n', '\r\n');
}

function unfaithful(file: SourceFile): Diagnostic {
  return {
    code: 'format-unfaithful',
    severity: 'error',
    message: 'formatting would have changed more than white space, so the text was left unchanged',
    span: { file, start: 0, end: 0 },
    help: 'this is a bug in wit-ts: please report it with the text',
  };
}
