import type { Span } from '@wit-ts/diagnostics';
import { tokenize, type IToken } from '@wit-ts/grammar';
import type { Ast } from './ast.ts';
import type { AnyNode } from './node-kinds.ts';
import { nodeSpan, visit } from './visit.ts';

/** A comment of the text. */
export interface Comment {
  /** The text with its markers: `/// Adds.`, `/* … *\/`. */
  readonly text: string;
  /** Whether it is a `//` comment, which ends with its line. */
  readonly isLine: boolean;
  readonly span: Span;
}

/** The comments that belong to a node. */
export interface NodeComments {
  /** The comments before it; for an item they are its documentation. */
  readonly leading: readonly Comment[];
  /** The comments inside it that belong to no smaller node: in empty braces, or after the last item in them. */
  readonly inner: readonly Comment[];
  /** The comments after it, on the line of its end or of the comma or semicolon behind it. */
  readonly trailing: readonly Comment[];
}

/**
 * The comments of a file by node. Each comment belongs to one node: the outermost one that begins or ends beside it.
 */
export interface AttachedComments {
  /** All comments, in the order of the text. */
  readonly all: readonly Comment[];
  readonly of: (node: AnyNode) => NodeComments;
}

type CommentPosition = keyof NodeComments;

/** Punctuation that separates or closes, and belongs to the node before it. */
const CLOSES = /^[,;)>]$/u;

const NONE: NodeComments = { leading: [], inner: [], trailing: [] };

/**
 * Attaches every comment of a file to a node of its AST. It tokenizes the text again, so that `parse` need not keep
 * comments.
 */
export function attachComments(file: Ast): AttachedComments {
  const { text } = file.file;
  const { tokens, comments: commentTokens } = tokenize(text);
  const nodes = new NodeOffsets(file);
  const all: Comment[] = [];
  const attached = new Map<AnyNode, { [Position in CommentPosition]: Comment[] }>();
  let next = 0;
  for (const [i, token] of commentTokens.entries()) {
    while (next < tokens.length && tokens[next]!.startOffset < token.startOffset) next += 1;
    const comment = toComment(file, token);
    all.push(comment);
    const after = commentTokens[i + 1]?.startOffset ?? Infinity;
    const { node, position } = nodes.owner(comment, tokens[next - 1], tokens[next], after);
    let comments = attached.get(node);
    if (comments === undefined) attached.set(node, (comments = { leading: [], inner: [], trailing: [] }));
    comments[position].push(comment);
  }
  return { all, of: (node) => attached.get(node) ?? NONE };
}

function toComment(file: Ast, { image, startOffset }: IToken): Comment {
  const span = { file: file.file, start: startOffset, end: startOffset + image.length };
  return { text: image, isLine: image.startsWith('//'), span };
}

interface Owner {
  readonly node: AnyNode;
  readonly position: CommentPosition;
}

interface Interval {
  readonly node: AnyNode;
  readonly start: number;
  readonly end: number;
  readonly parent: Interval | undefined;
}

/** The nodes of a file by the offsets where they begin and end. */
class NodeOffsets {
  readonly #text: string;
  readonly #inOrder: Interval[] = [];
  readonly #starts = new Map<number, AnyNode>();
  readonly #ends = new Map<number, AnyNode>();

  constructor(file: Ast) {
    this.#text = file.file.text;
    const open: Interval[] = [];
    visit(file, {
      enter: ({ kind, node }) => {
        const { start, end } = nodeSpan(node);
        const interval = { node, start, end, parent: open.at(-1) };
        open.push(interval);
        this.#inOrder.push(interval);
        if (kind === 'file') return;
        // Outer nodes are visited first, so an outer node takes precedence.
        if (!this.#starts.has(start)) this.#starts.set(start, node);
        if (!this.#ends.has(end)) this.#ends.set(end, node);
      },
      leave: () => {
        open.pop();
      },
    });
  }

  owner(comment: Comment, before: IToken | undefined, after: IToken | undefined, nextComment: number): Owner {
    if (before !== undefined && this.#endsLine(comment, before, after, nextComment)) {
      const node = this.#endingAt(before);
      if (node !== undefined) return { node, position: 'trailing' };
    }
    const node = after === undefined ? undefined : this.#starts.get(after.startOffset);
    return node === undefined
      ? { node: this.#around(comment), position: 'inner' }
      : { node, position: 'leading' };
  }

  /**
   * Whether a comment ends the line of the token before it, or stands before punctuation that closes that token's
   * node.
   */
  #endsLine(comment: Comment, before: IToken, after: IToken | undefined, nextComment: number): boolean {
    const text = this.#text;
    const from = before.startOffset + before.image.length;
    if (text.slice(from, comment.span.start).includes('\n')) return false;
    if (CLOSES.test(after?.image ?? '')) return true;
    const limit = Math.min(after?.startOffset ?? text.length, nextComment);
    return comment.isLine || after === undefined || text.slice(comment.span.end, limit).includes('\n');
  }

  /** Returns the node that ends with a token, or before it when the token only separates or closes. */
  #endingAt({ image, startOffset }: IToken): AnyNode | undefined {
    const node = this.#ends.get(startOffset + image.length);
    if (node !== undefined || !CLOSES.test(image)) return node;
    let end = startOffset;
    while (end > 0 && ' \t\r\n'.includes(this.#text.charAt(end - 1))) end -= 1;
    return this.#ends.get(end);
  }

  /** Returns the smallest node around a comment. */
  #around({ span: { start } }: Comment): AnyNode {
    let low = 0;
    let high = this.#inOrder.length;
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if (this.#inOrder[middle]!.start <= start) low = middle;
      else high = middle;
    }
    let found = this.#inOrder[low]!;
    while (found.end <= start && found.parent !== undefined) found = found.parent;
    return found.node;
  }
}
