import type { SourceFile } from '@wit-ts/diagnostics';
import type { DocsNode } from './ast.ts';

/** A comment by its offsets in the text, with its markers. */
export interface CommentRange {
  readonly start: number;
  readonly end: number;
}

/** The comments between two tokens. */
export interface CommentGap {
  readonly comments: readonly CommentRange[];
  /** Where the token before them ends; 0 at the start of the file. */
  readonly before: number;
  /** Where the token after them starts. */
  readonly after: number;
}

/**
 * Reads the documentation of the item that starts after a gap between two tokens (`WIT.md`, "Comments"): the `///` and
 * `/** … *\/` comments that do not trail the item before. With `referenceDocs`, every comment counts, as in the
 * reference implementation. Returns `undefined` if there is no documentation.
 */
export function readDocs(file: SourceFile, gap: CommentGap, referenceDocs: boolean): DocsNode | undefined {
  const counted = referenceDocs
    ? gap.comments
    : gap.comments.filter(
        (comment) => isDocComment(file.text, comment) && !isTrailing(file.text, comment, gap),
      );
  const first = counted[0];
  if (first === undefined) return undefined;
  const texts = counted.map(({ start, end }) => file.text.slice(start, end));
  const contents = referenceDocs ? referenceDocsText(texts) : docsText(texts);
  if (contents === '' && !referenceDocs) return undefined;
  return { contents, span: { file, start: first.start, end: counted.at(-1)!.end } };
}

/**
 * Lines of slashes and stars separate parts of a file, and so do not document: a fourth slash or a third star makes a
 * plain comment, as in Rust and JSDoc. The empty block comment has the start of a documentation comment, but not its
 * end.
 */
function isDocComment(text: string, { start, end }: CommentRange): boolean {
  const next = text.charAt(start + 3);
  if (text.startsWith('///', start)) return next !== '/';
  return text.startsWith('/**', start) && end - start > 4 && next !== '*';
}

/**
 * Whether a comment ends the line of the token before it, so that it is about the item that ends there. After an
 * opening brace there is no such item.
 */
function isTrailing(text: string, { start, end }: CommentRange, { before, after }: CommentGap): boolean {
  if (before === 0 || text.charAt(before - 1) === '{') return false;
  return !text.slice(before, start).includes('\n') && text.slice(end, after).includes('\n');
}

/**
 * Returns the text of documentation comments, which include their markers. Line comments that follow each other lose
 * the indentation that they share. Block comments lose the stars at the left of their lines, or the indentation.
 *
 * A text that is written as line comments is read as it is.
 */
export function docsText(comments: readonly string[]): string {
  if (comments.every(isLineComment)) return lineTexts(comments).join('\n').trimEnd();
  const lines: string[] = [];
  let run: string[] = [];
  const endRun = (): void => {
    for (const line of lineTexts(run)) lines.push(line);
    run = [];
  };
  for (const comment of comments) {
    if (isLineComment(comment)) {
      run.push(comment);
      continue;
    }
    endRun();
    for (const line of blockLines(comment)) lines.push(line);
  }
  endRun();
  return lines.join('\n').trimEnd();
}

function isLineComment(comment: string): boolean {
  return comment.startsWith('///');
}

function lineTexts(comments: readonly string[]): readonly string[] {
  return withoutIndent(comments.map((comment) => withoutMarkers(comment).trimEnd()));
}

/** A star at the left of a line in a block comment. */
const MARGIN = /^[ \t]*\*(?=[ \t]|$)/u;

function blockLines(comment: string): readonly string[] {
  const [first = '', ...rest] = comment
    .slice(3, -2)
    .split('\n')
    .map((line) => line.trimEnd());
  const hasMargin =
    rest.some((line) => line !== '') && rest.every((line) => line === '' || MARGIN.test(line));
  const below = withoutIndent(hasMargin ? rest.map((line) => line.replace(MARGIN, '')) : rest);
  const lines = [first.trimStart(), ...below];
  const from = lines.findIndex((line) => line !== '');
  const to = lines.findLastIndex((line) => line !== '');
  return from < 0 ? [] : lines.slice(from, to + 1);
}

/** Removes the white space that all lines begin with. */
function withoutIndent(lines: readonly string[]): readonly string[] {
  let shared: string | undefined;
  for (const line of lines) {
    if (line === '') continue;
    const indent = indentOfLine(line);
    shared = shared === undefined ? indent : commonStart(shared, indent);
  }
  const { length } = shared ?? '';
  return length === 0 ? lines : lines.map((line) => line.slice(length));
}

function indentOfLine(line: string): string {
  let length = 0;
  for (let code = line.charCodeAt(0); code === 0x20 || code === 0x09 || code === 0x0c;) {
    length += 1;
    code = line.charCodeAt(length);
  }
  return line.slice(0, length);
}

function commonStart(a: string, b: string): string {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  return a.slice(0, at);
}

/**
 * Returns the documentation of an item from the comments before it, as the reference does: every comment counts, only
 * `/** … *\/` loses its end marker, and indentation that all comments share is removed. `comments` include their
 * markers.
 */
export function referenceDocsText(comments: readonly string[]): string {
  const texts = comments.map((comment) => withoutMarkers(comment).trimEnd());
  const prefix = ' '.repeat(sharedIndent(texts));
  const lines = texts.map((text) => (text.startsWith(prefix) ? text.slice(prefix.length) : text)).join('\n');
  const unix = lines.includes('\r') ? lines.replaceAll('\r\n', '\n') : lines;
  return unix.endsWith('\n') ? unix.replace(/\n+$/u, '') : unix;
}

const SLASH = 0x2f;

function withoutMarkers(comment: string): string {
  if (comment === '/**/') return '';
  if (comment.startsWith('/**')) return comment.slice(3, comment.endsWith('*/') ? -2 : undefined);
  let at = 0;
  while (comment.charCodeAt(at) === SLASH) at += 1;
  return comment.slice(at);
}

function sharedIndent(texts: readonly string[]): number {
  let shared = Infinity;
  for (const text of texts) if (text !== '') shared = Math.min(shared, indentOf(text));
  return shared === Infinity ? 0 : shared;
}

function indentOf(text: string): number {
  let at = 0;
  while (' \t\r\n\f'.includes(text.charAt(at)) && at < text.length) at += 1;
  return at;
}
