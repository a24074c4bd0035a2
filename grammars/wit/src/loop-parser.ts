import type { CstNode, ParserMethod } from 'chevrotain';
import { RecoveringParser } from './recovery.ts';
import type { BodyKind, ListKind } from './repairs.ts';
import * as t from './tokens.ts';

export type Rule = ParserMethod<[], CstNode>;

/** The two loops that the language is made of: items in braces, and lists with commas. */
export abstract class LoopParser extends RecoveringParser {
  /** The loop over a body's items. Made once, for the loops are the hottest part of a parse. */
  protected body(kind: BodyKind, item: () => Rule): () => void {
    const loop = {
      MAX_LOOKAHEAD: 1,
      GATE: () => this.nextItem(kind),
      DEF: () => {
        this.SUBRULE(item());
      },
    };
    return () => {
      this.MANY(loop);
    };
  }

  /** `(element (',' element)* ','?)?` */
  protected list(kind: ListKind, element: () => Rule): () => void {
    const further = {
      MAX_LOOKAHEAD: 1,
      GATE: () => this.nextElement(kind),
      DEF: () => {
        this.CONSUME(t.Comma);
        this.SUBRULE2(element());
      },
    };
    const trailingComma = () => {
      this.CONSUME2(t.Comma);
    };
    const list = {
      MAX_LOOKAHEAD: 1,
      GATE: () => this.firstElement(kind),
      DEF: () => {
        this.SUBRULE(element());
        this.MANY(further);
        this.OPTION2(trailingComma);
      },
    };
    return () => {
      this.OPTION(list);
    };
  }
}
