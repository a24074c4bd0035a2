import type { IToken } from 'chevrotain';
import type { WitFileCstNode } from './cst.ts';
import type { SyntaxFault } from './recovery/syntax-fault.ts';
import { tokenize } from './lexer.ts';
import { WitParser } from './parser.ts';

/** A WIT text taken apart without loss: with the white space between the tokens these are all its characters. */
export interface ParsedCst {
  /**
   * The tree of rules (`parser.ts`). A node's children are grouped by kind: `node.children.field[0]` is a node,
   * `node.children.Id[0]` a token. What was missing in the text is a token with an empty `image` and
   * `isInsertedInRecovery`; nodes around mistakes are marked `recoveredNode` and may lack any child.
   */
  readonly cst: WitFileCstNode;
  /** Every token in the order of the text: `image`, `startOffset`, `endOffset` (of its last character), `tokenType`. */
  readonly tokens: readonly IToken[];
  /** Every comment in the order of the text, with its markers and without the line break after it. */
  readonly comments: readonly IToken[];
  /** Everything wrong, in the order of the text. */
  readonly errors: readonly SyntaxFault[];
}

let parser: WitParser | undefined;

/** Parses a WIT text. Never throws; whatever is wrong stands in `errors`, and the tree is as good as it can be. */
export function parseCst(text: string): ParsedCst {
  const { tokens, comments, faults } = tokenize(text);
  parser ??= new WitParser({ skipValidations: true });
  const cst = parser.parse(text, tokens);
  const errors = [...faults, ...parser.recovery.faults].sort((a, b) => a.start - b.start);
  return { cst, tokens, comments, errors };
}
