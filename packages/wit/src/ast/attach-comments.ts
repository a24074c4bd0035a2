import type { Span } from '@wit-ts/diagnostics';
import { tokenize, type IToken } from '@wit-ts/grammar';
import type { Ast } from './ast.ts';
import { nodeSpan, visit, type AnyNode } from './visit.ts';

/** A comment as it stands in the text. */
export interface Comment {
  /** With its markers: `/// Adds.`, `/* … *\/`. */
  readonly text: string;
  /** Of the `//` kind, which takes the rest of its line. */
  readonly isLine: boolean;
  readonly span: Span;
}

/** The comments that belong to a node. */
export interface NodeComments {
  /** Before it; for an item these are its documentation. */
  readonly leading: readonly Comment[];
  /** Inside it, where no smaller node has them: in empty braces, or after the last thing in them. */
  readonly inner: readonly Comment[];
  /** After it, on the line where it or the comma or semicolon behind it ends. */
  readonly trailing: readonly Comment[];
}

/** Which comments belong to which node of a file. Each belongs to one: the outermost that begins or ends there. */
export interface AttachedComments {
  /** All of them, in the order of the text. */
  readonly all: readonly Comment[];
  readonly of: (node: AnyNode) => NodeComments;
}

type Place = keyof NodeComments;

/** Signs that separate or close, and belong to what stands before them. */
const CLOSES = /^[,;)>]$/u;

const NONE: NodeComments = { leading: [], inner: [], trailing: [] };

/** Attaches every comment of a file to a node of its AST. Reads the text again, so it costs nothing until it is wanted. */
export function attachComments(file: Ast): AttachedComments {
  const { text } = file.file;
  const { tokens, comments } = tokenize(text);
  const nodes = new Nodes(file);
  const all: Comment[] = [];
  const attached = new Map<AnyNode, { [P in Place]: Comment[] }>();
  let next = 0;
  for (const [i, token] of comments.entries()) {
    while (next < tokens.length && tokens[next]!.startOffset < token.startOffset) next += 1;
    const comment = toComment(file, token);
    all.push(comment);
    const after = comments[i + 1]?.startOffset ?? Infinity;
    const { node, place } = nodes.owner(comment, tokens[next - 1], tokens[next], after);
    let places = attached.get(node);
    if (places === undefined) attached.set(node, (places = { leading: [], inner: [], trailing: [] }));
    places[place].push(comment);
  }
  return { all, of: (node) => attached.get(node) ?? NONE };
}

function toComment(file: Ast, { image, startOffset }: IToken): Comment {
  const span = { file: file.file, start: startOffset, end: startOffset + image.length };
  return { text: image, isLine: image.startsWith('//'), span };
}

interface Owner {
  readonly node: AnyNode;
  readonly place: Place;
}

interface Interval {
  readonly node: AnyNode;
  readonly start: number;
  readonly end: number;
  readonly parent: Interval | undefined;
}

/** The nodes of a file by where they begin and end. */
class Nodes {
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
        // The outermost comes first.
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
      if (node !== undefined) return { node, place: 'trailing' };
    }
    const node = after === undefined ? undefined : this.#starts.get(after.startOffset);
    return node === undefined ? { node: this.#around(comment), place: 'inner' } : { node, place: 'leading' };
  }

  /** Whether a comment stands at the end of the line of the token before it, or before what only closes that. */
  #endsLine(comment: Comment, before: IToken, after: IToken | undefined, nextComment: number): boolean {
    const text = this.#text;
    const from = before.startOffset + before.image.length;
    if (text.slice(from, comment.span.start).includes('\n')) return false;
    if (CLOSES.test(after?.image ?? '')) return true;
    const limit = Math.min(after?.startOffset ?? text.length, nextComment);
    return comment.isLine || after === undefined || text.slice(comment.span.end, limit).includes('\n');
  }

  /** The node that ends with a token, or before it where that only separates or closes. */
  #endingAt({ image, startOffset }: IToken): AnyNode | undefined {
    const node = this.#ends.get(startOffset + image.length);
    if (node !== undefined || !CLOSES.test(image)) return node;
    let end = startOffset;
    while (end > 0 && ' \t\r\n'.includes(this.#text.charAt(end - 1))) end -= 1;
    return this.#ends.get(end);
  }

  /** The smallest node around a comment. */
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
