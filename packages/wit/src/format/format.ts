import { SourceFile, type Diagnostic, type Outcome } from '@wit-ts/diagnostics';
import { parseCst, tokenize, type ParsedCst } from '@wit-ts/grammar';
import { parse } from '../parse.ts';
import type { Doc } from './doc.ts';
import { layout } from './layout.ts';
import { fileDoc } from './rules.ts';
import { isSameText } from './same-text.ts';

export interface FormatOptions {
  /** How the text is named in diagnostics. */
  readonly path?: string;
  /** The width that lines are kept within where they can be; 80 by default. */
  readonly printWidth?: number;
  /** Spaces a step of indentation; 2 by default. */
  readonly tabWidth?: number;
  /** Whether a step of indentation is a tab. */
  readonly useTabs?: boolean;
}

/**
 * WIT in the canonical style: two spaces of indentation, one field, case and flag a line with a comma after each, at most
 * one blank line anywhere and one around everything with braces at the top level. Every comment is kept where it stands,
 * block comments to the letter, because documentation is made of them; an item after a comment `prettier-ignore` is left
 * as it is.
 *
 * A text with syntax errors comes back unchanged with diagnostics that say why. The result has the tokens and comments of
 * the input, in its order, or else it is not returned.
 */
export function format(text: string, options: FormatOptions = {}): Outcome<string> {
  const { value: parsed, diagnostics } = formatDoc(text, options.path);
  return parsed === undefined ? { value: text, diagnostics } : render(text, parsed, options);
}

/** What `formatDoc` gives for the printer of prettier or of `format`. */
export interface FormattedDoc extends ParsedCst {
  readonly doc: Doc;
}

/**
 * The document that `format` lays out, in the data structures of prettier. Absent, with diagnostics, where the text has
 * syntax errors.
 */
export function formatDoc(text: string, path = '<wit>'): Outcome<FormattedDoc | undefined> {
  const parsed = parseCst(text);
  if (parsed.errors.length === 0)
    return { value: { ...parsed, doc: fileDoc(text, parsed) }, diagnostics: [] };
  return { value: undefined, diagnostics: parse(new SourceFile(path, text)).diagnostics };
}

function render(text: string, parsed: FormattedDoc, options: FormatOptions): Outcome<string> {
  const { path = '<wit>', tabWidth = 2, printWidth = 80, useTabs = false } = options;
  const indent = useTabs ? '\t' : ' '.repeat(tabWidth);
  const value = layout(parsed.doc, { printWidth, tabWidth, indent });
  if (isSameText(parsed, tokenize(value))) return { value, diagnostics: [] };
  return { value: text, diagnostics: [unfaithful(new SourceFile(path, text))] };
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
