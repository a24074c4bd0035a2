/**
 * A document in the sense of prettier (`prettier/doc`): text with places where it may break. Documents are plain data
 * in the shapes that prettier uses, so the plugin passes them to prettier, and `layout` prints them here. Users of
 * `parse` therefore need not install and load prettier, which has 8 MB.
 */
export type Doc =
  | string
  | readonly Doc[]
  | { readonly type: 'indent'; readonly contents: Doc }
  | { readonly type: 'group'; readonly contents: Doc; readonly break: boolean }
  | { readonly type: 'line'; readonly soft?: true; readonly hard?: true; readonly literal?: true }
  | { readonly type: 'if-break'; readonly breakContents: Doc; readonly flatContents: Doc }
  | { readonly type: 'line-suffix'; readonly contents: Doc }
  | { readonly type: 'line-suffix-boundary' }
  | { readonly type: 'break-parent' };

/** Makes every group around it break. */
export const breakParent: Doc = { type: 'break-parent' };

/** A space, or a line break if the group around it breaks. */
export const line: Doc = { type: 'line' };

/** Nothing, or a line break if the group around it breaks. */
export const softline: Doc = { type: 'line', soft: true };

export const hardline: Doc = [{ type: 'line', hard: true }, breakParent];

/** A line break that is not indented and keeps the spaces before it, for text that is kept unchanged. */
export const literalline: Doc = [{ type: 'line', hard: true, literal: true }, breakParent];

export function indent(contents: Doc): Doc {
  return { type: 'indent', contents };
}

/** Stays on one line if it fits, and otherwise breaks at each of its own lines. */
export function group(contents: Doc): Doc {
  return { type: 'group', contents, break: false };
}

export function ifBreak(breakContents: Doc, flatContents: Doc = ''): Doc {
  return { type: 'if-break', breakContents, flatContents };
}

/** Waits for the end of the line, as a `//` comment must. */
export function lineSuffix(contents: Doc): Doc {
  return { type: 'line-suffix', contents };
}

/** A line break if something waits for the end of the line. */
export const lineSuffixBoundary: Doc = { type: 'line-suffix-boundary' };

export function join(separator: Doc, docs: readonly Doc[]): Doc {
  return docs.flatMap((doc, i) => (i === 0 ? [doc] : [separator, doc]));
}
