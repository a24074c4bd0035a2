import { withoutPrototype } from '@wit-ts/model';
import { SourceFile, type Outcome } from '@wit-ts/diagnostics';
import type { Ast } from './ast/ast.ts';
import type { ParseOptions } from './parse-valid.ts';
import type { SyntaxReader } from './syntax-reader.ts';
import { PackageRecords } from './resolve/package-records.ts';

/**
 * The results that repeated calls of `resolve` and `load` reuse, as in a watcher or an editor. Files that did not
 * change are not parsed again. Packages whose files, dependencies and features did not change are not resolved again,
 * and their parts of the contract are the same objects as before.
 *
 * Holds the latest version of each file and package. Results are the same as without a cache.
 */
export class WitCache {
  /** Internal: only this library uses it. */
  readonly records = new PackageRecords();
  readonly #files = new Map<string, SourceFile>();
  readonly #asts = new WeakMap<SourceFile, Outcome<Ast>>();
  readonly #referenceAsts = new WeakMap<SourceFile, Outcome<Ast>>();

  /** Returns the file of a path and text: the same object as long as the text is the same. */
  file(path: string, text: string): SourceFile {
    const known = this.#files.get(path);
    if (known?.text === text) return known;
    const file = new SourceFile(path, text);
    this.#files.set(path, file);
    return file;
  }

  /** Parses a file, but only once. Internal: only this library uses it. */
  parse(file: SourceFile, options: ParseOptions, reader: SyntaxReader): Outcome<Ast> {
    const { referenceDocs } = withoutPrototype(options);
    const asts = referenceDocs === true ? this.#referenceAsts : this.#asts;
    let outcome = asts.get(file);
    if (outcome === undefined) asts.set(file, (outcome = reader.parse(file, options)));
    return outcome;
  }
}
