import { SourceFile, type Outcome } from '@wit-ts/diagnostics';
import type { Ast } from './ast/ast.ts';
import { parse } from './parse.ts';
import { PackageRecords } from './resolve/package-records.ts';

/**
 * What `resolve` and `load` remember for whoever calls them again and again, as a watcher or an editor does: files
 * that did not change are not parsed again, and packages whose files, dependencies and features did not change are not
 * resolved again. Their parts of the contract are then the same objects as before.
 *
 * Holds the latest version of each file and package that it met. Results are the same as without it.
 */
export class WitCache {
  /** For this library alone. */
  readonly records = new PackageRecords();
  readonly #files = new Map<string, SourceFile>();
  readonly #asts = new WeakMap<SourceFile, Outcome<Ast>>();

  /** The file of this path and text: the same object as long as the text is the same. */
  file(path: string, text: string): SourceFile {
    const known = this.#files.get(path);
    if (known?.text === text) return known;
    const file = new SourceFile(path, text);
    this.#files.set(path, file);
    return file;
  }

  /** Like `parse`, once for a file. */
  parse(file: SourceFile): Outcome<Ast> {
    let outcome = this.#asts.get(file);
    if (outcome === undefined) this.#asts.set(file, (outcome = parse(file)));
    return outcome;
  }
}
