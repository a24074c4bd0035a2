import type { SourceFile } from '@wit-ts/diagnostics';
import { MAX_TEXT_LENGTH } from '@wit-ts/grammar/limits';
import type { Ast } from './ast/ast.ts';
import type { SyntaxReader } from './syntax-reader.ts';
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

/** Parses a text without mistakes in its syntax. Returns `undefined` for another one, which the grammar explains. */
export function parseValid(file: SourceFile, { referenceDocs = false }: ParseOptions): Ast | undefined {
  return file.text.length > MAX_TEXT_LENGTH ? undefined : readAst(file, referenceDocs);
}

/** Thrown by `validReader`: the text needs the grammar. */
export class GrammarNeeded extends Error {}

/**
 * Reads valid texts without the grammar, because loading that takes longer than reading all of WASI.
 *
 * Throws `GrammarNeeded` when it needs it.
 */
export const validReader: SyntaxReader = {
  parse(file, options) {
    const value = parseValid(file, options);
    if (value === undefined) throw new GrammarNeeded();
    return { value, diagnostics: [] };
  },
  words() {
    throw new GrammarNeeded();
  },
};
