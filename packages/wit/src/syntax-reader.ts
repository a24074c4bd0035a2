import type { Outcome, SourceFile } from '@wit-ts/diagnostics';
import type { Ast } from './ast/ast.ts';
import type { ParseOptions } from './parse-valid.ts';

/** What `resolve` needs of the syntax. */
export interface SyntaxReader {
  /** Parses like the function `parse`. */
  parse(file: SourceFile, options: ParseOptions): Outcome<Ast>;
  /** Returns the tokens of a text. */
  words(text: string): readonly string[];
}
