import type { TokenPrinter } from './token-printer.ts';
import { commentDoc } from './token-printer.ts';
import { hardline, ifBreak, indent, join, type Doc } from './doc.ts';
import { firstToken, isToken, lastToken, type SourceElement, type SourceNode } from './source-tree.ts';
import type { SourceComment, SourceToken } from './trivia.ts';

export interface ListStyle {
  /** The white space inside the brackets: a line break, a space or nothing. */
  readonly padding: Doc;
  readonly separator: Doc;
  /** Replaces the comma after the last element, whether the text has one or not. Empty for lists without commas. */
  readonly lastComma: Doc;
  /** Whether a blank line between two elements is kept. */
  readonly keepsBlanks: boolean;
  readonly needsBlank?: (before: SourceNode, after: SourceNode) => boolean;
}

interface ListParts {
  readonly open: SourceToken;
  /** Nodes, with or without commas between them. */
  readonly elements: readonly SourceElement[];
  readonly close: SourceToken;
}

/** Prints a list with its brackets. The caller puts it into a group if it may stay on one line. */
export function listDoc(
  { open, elements, close }: ListParts,
  style: ListStyle,
  print: (node: SourceNode) => Doc,
  tokens: TokenPrinter,
): Doc {
  const dangling = tokens.trivia.of(close).leading;
  const opened = tokens.token(open);
  const hurried = tokens.trivia.of(open).trailing.length > 0;
  tokens.lead(close);
  const closed = tokens.token(close);
  if (elements.length === 0) {
    if (dangling.length === 0) return [opened, hurried ? hardline : '', closed];
    if (!dangling.some((comment) => comment.newlineBefore))
      return [opened, join(' ', dangling.map(commentDoc)), closed];
    return [opened, indent([hardline, danglingDoc(dangling)]), hardline, closed];
  }
  const body = bodyDoc(elements, style, print, tokens);
  const rest =
    dangling.length === 0 ? [] : [hardline, dangling[0]!.blankBefore ? hardline : '', danglingDoc(dangling)];
  return [opened, indent([hurried ? hardline : style.padding, body, rest]), style.padding, closed];
}

/** Prints elements one after the other, each with the comments before it. */
export function bodyDoc(
  elements: readonly SourceElement[],
  style: ListStyle,
  print: (node: SourceNode) => Doc,
  tokens: TokenPrinter,
): Doc {
  const docs: Doc[] = [];
  let before: SourceNode | undefined;
  elements.forEach((element, i) => {
    if (isToken(element)) {
      docs.push(i === elements.length - 1 ? lastComma(element, style, tokens) : tokens.token(element));
      return;
    }
    if (before !== undefined)
      docs.push(style.separator, isBlankBetween(before, element, style, tokens) ? hardline : '');
    const first = firstToken(element);
    docs.push(tokens.lead(first));
    docs.push(tokens.isIgnored(first) ? tokens.verbatim(first, lastToken(element)) : print(element));
    before = element;
  });
  if (before === elements.at(-1)) docs.push(style.lastComma);
  return docs;
}

function isBlankBetween(
  before: SourceNode,
  next: SourceNode,
  style: ListStyle,
  tokens: TokenPrinter,
): boolean {
  if (!style.keepsBlanks) return false;
  return tokens.hasBlankBefore(firstToken(next)) || style.needsBlank?.(before, next) === true;
}

/** Prints the last comma. One that has comments keeps its place among them. */
function lastComma(comma: SourceToken, style: ListStyle, tokens: TokenPrinter): Doc {
  const { leading, trailing } = tokens.trivia.of(comma);
  return leading.length + trailing.length > 0 ? tokens.token(comma) : style.lastComma;
}

/** Prints the comments after the last element of a list, or at the end of a file. */
export function danglingDoc(comments: readonly SourceComment[]): Doc {
  return comments.map((comment, i) => {
    if (i === 0) return commentDoc(comment);
    if (!comment.newlineBefore) return [' ', commentDoc(comment)];
    return [hardline, comment.blankBefore ? hardline : '', commentDoc(comment)];
  });
}

/** Each element on its own line. */
export const lines: ListStyle = { padding: hardline, separator: hardline, lastComma: '', keepsBlanks: true };

export const commaLines: ListStyle = { ...lines, lastComma: ',' };

/** All elements on one line, if they fit. */
export function fitted(padding: Doc, separator: Doc, comma: boolean): ListStyle {
  return { padding, separator, lastComma: comma ? ifBreak(',') : '', keepsBlanks: false };
}
