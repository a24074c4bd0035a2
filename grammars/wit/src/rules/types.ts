import * as kinds from '../recovery/body-and-list-kinds.ts';
import * as t from '../tokens.ts';
import type { GrammarParser, RuleDefinitions } from './grammar.ts';
import { commaList } from './loops.ts';

/** Rules of types (`WIT.md`, "Types"). */
export const typeRules = {
  /**
   * `type ::= PRIMITIVE | id | tupleType | listType | mapType | optionType | resultType | futureType | streamType |
   * ownType | borrowType`
   */
  type: (p) => {
    const alternatives = [
      { ALT: () => p.CONSUME(t.Primitive) },
      { ALT: () => p.CONSUME(t.Id) },
      { ALT: () => p.SUBRULE(p.rules.tupleType) },
      { ALT: () => p.SUBRULE(p.rules.listType) },
      { ALT: () => p.SUBRULE(p.rules.mapType) },
      { ALT: () => p.SUBRULE(p.rules.optionType) },
      { ALT: () => p.SUBRULE(p.rules.resultType) },
      { ALT: () => p.SUBRULE(p.rules.futureType) },
      { ALT: () => p.SUBRULE(p.rules.streamType) },
      { ALT: () => p.SUBRULE(p.rules.ownType) },
      { ALT: () => p.SUBRULE(p.rules.borrowType) },
    ];
    return p.recovery.guardedType(() => {
      p.recovery.foreignSyntax.rewriteType();
      p.recovery.takeKeywordAsType();
      p.OR(alternatives);
    });
  },

  /** `tupleType ::= 'tuple' '<' (type (',' type)* ','?)? '>'` */
  tupleType: (p) => {
    const tupleTypes = commaList(p, kinds.tupleTypes, () => p.rules.type);
    return () => {
      p.CONSUME(t.Tuple);
      p.CONSUME(t.LAngle);
      tupleTypes();
      p.CONSUME(t.RAngle);
    };
  },

  /** `listType ::= 'list' '<' type (',' integer)? '>'` */
  listType: (p) => () => {
    p.CONSUME(t.List);
    p.CONSUME(t.LAngle);
    p.SUBRULE(p.rules.type);
    p.OPTION(() => {
      p.CONSUME(t.Comma);
      p.CONSUME(t.Integer);
    });
    p.CONSUME(t.RAngle);
  },

  /** `mapType ::= 'map' '<' type ',' type '>'`, in which the first type may only be some of the primitives. */
  mapType: (p) => () => {
    p.CONSUME(t.MapKeyword);
    p.CONSUME(t.LAngle);
    p.SUBRULE(p.rules.type);
    p.CONSUME(t.Comma);
    p.SUBRULE2(p.rules.type);
    p.CONSUME(t.RAngle);
  },

  /** `optionType ::= 'option' '<' type '>'` */
  optionType: (p) => () => {
    p.CONSUME(t.Option);
    p.CONSUME(t.LAngle);
    p.SUBRULE(p.rules.type);
    p.CONSUME(t.RAngle);
  },

  /** `resultType ::= 'result' ('<' ('_' ',' type | type (',' type)?) '>')?` */
  resultType: (p) => () => {
    p.CONSUME(t.Result);
    p.OPTION(() => {
      p.CONSUME(t.LAngle);
      p.recovery.takeKeywordAsType('a type or `_`');
      p.OR([
        {
          ALT: () => {
            p.CONSUME(t.Underscore);
            p.CONSUME(t.Comma);
            p.SUBRULE(p.rules.type, { LABEL: 'err' });
          },
        },
        {
          ALT: () => {
            p.SUBRULE2(p.rules.type, { LABEL: 'ok' });
            p.OPTION2(() => {
              p.CONSUME2(t.Comma);
              p.SUBRULE3(p.rules.type, { LABEL: 'err' });
            });
          },
        },
      ]);
      p.CONSUME(t.RAngle);
    });
  },

  /** `futureType ::= 'future' ('<' type '>')?` */
  futureType: (p) => () => {
    p.CONSUME(t.Future);
    optionalPayload(p);
  },

  /** `streamType ::= 'stream' ('<' type '>')?` */
  streamType: (p) => () => {
    p.CONSUME(t.Stream);
    optionalPayload(p);
  },

  /** `ownType ::= 'own' '<' id '>'` */
  ownType: (p) => () => {
    p.CONSUME(t.Own);
    handleOf(p);
  },

  /** `borrowType ::= 'borrow' '<' id '>'` */
  borrowType: (p) => () => {
    p.CONSUME(t.Borrow);
    handleOf(p);
  },
} satisfies RuleDefinitions;

/** `('<' type '>')?` */
function optionalPayload(p: GrammarParser): void {
  p.OPTION(() => {
    p.CONSUME(t.LAngle);
    p.SUBRULE(p.rules.type);
    p.CONSUME(t.RAngle);
  });
}

/** `'<' id '>'` */
function handleOf(p: GrammarParser): void {
  p.CONSUME(t.LAngle);
  p.CONSUME(t.Id);
  p.CONSUME(t.RAngle);
}
