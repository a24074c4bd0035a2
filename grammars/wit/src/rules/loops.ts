import type { Rule } from '../chevrotain-parser.ts';
import type { BodyKind, ListKind } from '../recovery/body-and-list-kinds.ts';
import * as t from '../tokens.ts';
import type { GrammarParser } from './grammar.ts';

/* The two loops of the language: items in braces, and lists with commas. They are the hottest part of a parse. */

/** `item*`. Returns a function to call in the body of a rule. */
export function itemLoop(p: GrammarParser, kind: BodyKind, item: () => Rule): () => void {
  const { loops } = p.recovery;
  const items = {
    MAX_LOOKAHEAD: 1,
    GATE: () => loops.atItem(kind),
    DEF: () => {
      p.SUBRULE(item());
    },
  };
  return () => {
    p.MANY(items);
  };
}

/** `(element (',' element)* ','?)?`. Returns a function to call in the body of a rule. */
export function commaList(p: GrammarParser, kind: ListKind, element: () => Rule): () => void {
  const { loops } = p.recovery;
  const furtherElements = {
    MAX_LOOKAHEAD: 1,
    GATE: () => loops.atNextElement(kind),
    DEF: () => {
      p.CONSUME(t.Comma);
      p.SUBRULE2(element());
    },
  };
  const trailingComma = () => {
    p.CONSUME2(t.Comma);
  };
  const elements = {
    MAX_LOOKAHEAD: 1,
    GATE: () => loops.atFirstElement(kind),
    DEF: () => {
      p.SUBRULE(element());
      p.MANY(furtherElements);
      p.OPTION2(trailingComma);
    },
  };
  return () => {
    p.OPTION(elements);
  };
}
