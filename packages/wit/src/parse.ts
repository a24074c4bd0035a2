import { withoutPrototype } from '@wit-ts/model';
import { hasErrors, SourceFile, WitError, type Diagnostic, type Outcome } from '@wit-ts/diagnostics';
import { MAX_TEXT_LENGTH, parseCst, type SyntaxFault } from '@wit-ts/grammar';
import type { Ast } from './ast/ast.ts';
import { buildAst } from './ast/build.ts';
import { readAst } from './read/read-ast.ts';

/** The options of `parse`. */
export interface ParseOptions {
  /**
   * Whether every comment before an item is its documentation, as in the reference implementation, whose JSON this
   * reproduces. False by default: then only `///` and `/** … *\/` are documentation, and not when they trail another
   * item on its line.
   */
  readonly referenceDocs?: boolean;
}

/**
 * Parses a WIT text without looking up names (`WIT.md`, from "Lexical structure" on).
 *
 * The AST is as complete as the text allows; parts that cannot be understood are left out and reported with a
 * position. Never throws. A text without a file gets the path `<wit>`.
 */
export function parse(source: string | SourceFile, options: ParseOptions = {}): Outcome<Ast> {
  const { referenceDocs = false } = withoutPrototype(options);
  const file = typeof source === 'string' ? new SourceFile('<wit>', source) : source;
  const ast = file.text.length > MAX_TEXT_LENGTH ? undefined : readAst(file, referenceDocs);
  if (ast !== undefined) return { value: ast, diagnostics: [] };
  const parsed = parseCst(file.text);
  const diagnostics = parsed.errors.map((fault) => toDiagnostic(file, fault));
  const value = buildAst(file, parsed, diagnostics, referenceDocs);
  // Names and versions are checked after the syntax, but diagnostics are listed in the order of the text.
  return { value, diagnostics: diagnostics.sort((a, b) => (a.span?.start ?? 0) - (b.span?.start ?? 0)) };
}

/** Parses like `parse`, but throws a `WitError` with all diagnostics if one of them is an error. */
export function parseOrThrow(source: string | SourceFile, options: ParseOptions = {}): Ast {
  const { value, diagnostics } = parse(source, options);
  if (hasErrors(diagnostics)) throw new WitError(diagnostics);
  return value;
}

function toDiagnostic(file: SourceFile, fault: SyntaxFault): Diagnostic {
  const { code, message, start, end, help, related } = fault;
  return {
    code,
    severity: 'error',
    message,
    span: { file, start, end },
    ...(related === undefined
      ? {}
      : {
          related: related.map((place) => ({
            message: place.message,
            span: { file, start: place.start, end: place.end },
          })),
        }),
    ...(help === undefined ? {} : { help }),
  };
}
