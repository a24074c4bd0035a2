import type { IToken } from 'chevrotain';
import type { WitFileCstNode } from './cst.ts';
import type { SyntaxFault } from './recovery/syntax-fault.ts';
import { tokenize } from './lexer.ts';
import { MAX_TEXT_LENGTH } from './limits.ts';
import { WitParser } from './parser.ts';

/**
 * The syntax of a WIT text, without loss: its tokens, its comments and the white space between them are the whole
 * text.
 */
export interface ParsedCst {
  /**
   * The tree of rules (`rules/`). A node's children are grouped by kind: `node.children.field[0]` is a node,
   * `node.children.Id[0]` a token. A missing token has an empty `image` and
   * `isInsertedInRecovery`; nodes with mistakes are marked `recoveredNode` and may lack any child.
   */
  readonly cst: WitFileCstNode;
  /** Every token in the order of the text: `image`, `startOffset`, `endOffset` (of its last character), `tokenType`. */
  readonly tokens: readonly IToken[];
  /** Every comment in the order of the text, with its markers and without the line break after it. */
  readonly comments: readonly IToken[];
  /** All mistakes, in the order of the text. */
  readonly errors: readonly SyntaxFault[];
}

let parser: WitParser | undefined;

/**
 * Parses a WIT text. Never throws: mistakes are reported in `errors`, and the tree is as complete as possible. A text
 * of more than `MAX_TEXT_LENGTH` is reported and counts as empty.
 */
export function parseCst(text: string): ParsedCst {
  if (text.length > MAX_TEXT_LENGTH) {
    const fault: SyntaxFault = {
      code: 'text-too-long',
      message: `the text has ${text.length} characters, and at most ${MAX_TEXT_LENGTH} are read`,
      start: 0,
      end: 0,
      help: 'divide it into several files',
    };
    return { ...parseCst(''), errors: [fault] };
  }
  const { tokens, comments, faults } = tokenize(text);
  parser ??= new WitParser({ skipValidations: true });
  const cst = parser.parse(text, tokens);
  const errors = [...faults, ...parser.recovery.faults].sort((a, b) => a.start - b.start);
  return { cst, tokens, comments, errors };
}
