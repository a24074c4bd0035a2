import { SourceFile, type Span } from '@wit-ts/diagnostics';
import { readFileSync } from 'node:fs';

/** Finds positions in files, each of which is read once. */
export class SourcePositions {
  readonly #sources = new Map<string, SourceFile | undefined>();

  /**
   * Returns the position of a finding: the name or number there, of which compilers give the start.
   *
   * @param line from 1, as `column`
   * @param shown the file in messages
   * @returns `undefined` if the file cannot be read
   */
  find(file: string, line: number, column: number, shown: string): Span | undefined {
    if (!this.#sources.has(file)) this.#sources.set(file, read(file, shown));
    const source = this.#sources.get(file);
    if (source === undefined) return undefined;
    const start = Math.min((source.lineStarts[line - 1] ?? 0) + column - 1, source.text.length);
    const length = /^[\w$]+/u.exec(source.text.slice(start, start + 200))?.[0].length ?? 1;
    return { file: source, start, end: Math.min(start + length, source.text.length) };
  }
}

function read(file: string, shown: string): SourceFile | undefined {
  try {
    return new SourceFile(shown, readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
