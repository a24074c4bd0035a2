import { withoutPrototype } from '@wit-ts/model';
import { hasErrors, SourceFile, WitError, type Diagnostic, type Outcome } from '@wit-ts/diagnostics';
import { parseCst, type SyntaxFault } from '@wit-ts/grammar';
import type { Ast } from './ast/ast.ts';
import { buildAst } from './ast/build.ts';
import { parseValid, type ParseOptions } from './parse-valid.ts';
import type { SyntaxReader } from './syntax-reader.ts';

/**
 * Parses a WIT text without looking up names (`WIT.md`, from "Lexical structure" on).
 *
 * The AST is as complete as the text allows; parts that cannot be understood are left out and reported with a
 * position. Never throws. A text without a file gets the path `<wit>`.
 */
export function parse(source: string | SourceFile, options: ParseOptions = {}): Outcome<Ast> {
  const own: ParseOptions = withoutPrototype(options);
  const file = typeof source === 'string' ? new SourceFile('<wit>', source) : source;
  const ast = parseValid(file, own);
  if (ast !== undefined) return { value: ast, diagnostics: [] };
  const parsed = parseCst(file.text);
  const diagnostics = parsed.errors.map((fault) => toDiagnostic(file, fault));
  const value = buildAst(file, parsed, diagnostics, own.referenceDocs ?? false);
  // Names and versions are checked after the syntax, but diagnostics are listed in the order of the text.
  return { value, diagnostics: diagnostics.sort((a, b) => (a.span?.start ?? 0) - (b.span?.start ?? 0)) };
}

/** Parses like `parse`, but throws a `WitError` with all diagnostics if one of them is an error. */
export function parseOrThrow(source: string | SourceFile, options: ParseOptions = {}): Ast {
  const { value, diagnostics } = parse(source, options);
  if (hasErrors(diagnostics)) throw new WitError(diagnostics);
  return value;
}

/** Reads all texts. */
export const grammarReader: SyntaxReader = {
  parse,
  words: (text) => parseCst(text).tokens.map(({ image }) => image),
};

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
