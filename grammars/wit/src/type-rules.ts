import * as kinds from './kinds.ts';
import { LoopParser, type Rule } from './loop-parser.ts';
import * as t from './tokens.ts';

/** Rules of types (`WIT.md`, "Types"). */
export abstract class TypeRules extends LoopParser {
  readonly #tupleTypes = this.list(kinds.tupleTypes, () => this.type);

  /**
   * `type ::= PRIMITIVE | id | tupleType | listType | mapType | optionType | resultType | futureType | streamType | ownType | borrowType`
   */
  readonly type: Rule = this.RULE(
    'type',
    this.nested(() => {
      this.respellType();
      this.OR(this.#typeAlternatives);
    }),
  );

  readonly #typeAlternatives = [
    { ALT: () => this.CONSUME(t.Primitive) },
    { ALT: () => this.CONSUME(t.Id) },
    { ALT: () => this.SUBRULE(this.tupleType) },
    { ALT: () => this.SUBRULE(this.listType) },
    { ALT: () => this.SUBRULE(this.mapType) },
    { ALT: () => this.SUBRULE(this.optionType) },
    { ALT: () => this.SUBRULE(this.resultType) },
    { ALT: () => this.SUBRULE(this.futureType) },
    { ALT: () => this.SUBRULE(this.streamType) },
    { ALT: () => this.SUBRULE(this.ownType) },
    { ALT: () => this.SUBRULE(this.borrowType) },
  ];

  /** `tupleType ::= 'tuple' '<' (type (',' type)* ','?)? '>'` */
  readonly tupleType: Rule = this.RULE('tupleType', () => {
    this.CONSUME(t.Tuple);
    this.CONSUME(t.LAngle);
    this.#tupleTypes();
    this.CONSUME(t.RAngle);
  });

  /** `listType ::= 'list' '<' type (',' integer)? '>'` */
  readonly listType: Rule = this.RULE('listType', () => {
    this.CONSUME(t.List);
    this.CONSUME(t.LAngle);
    this.SUBRULE(this.type);
    this.OPTION(() => {
      this.CONSUME(t.Comma);
      this.CONSUME(t.Integer);
    });
    this.CONSUME(t.RAngle);
  });

  /** `mapType ::= 'map' '<' type ',' type '>'`, where the first type may only be some primitives. */
  readonly mapType: Rule = this.RULE('mapType', () => {
    this.CONSUME(t.MapKeyword);
    this.CONSUME(t.LAngle);
    this.SUBRULE(this.type);
    this.CONSUME(t.Comma);
    this.SUBRULE2(this.type);
    this.CONSUME(t.RAngle);
  });

  /** `optionType ::= 'option' '<' type '>'` */
  readonly optionType: Rule = this.RULE('optionType', () => {
    this.CONSUME(t.Option);
    this.CONSUME(t.LAngle);
    this.SUBRULE(this.type);
    this.CONSUME(t.RAngle);
  });

  /** `resultType ::= 'result' ('<' ('_' ',' type | type (',' type)?) '>')?` */
  readonly resultType: Rule = this.RULE('resultType', () => {
    this.CONSUME(t.Result);
    this.OPTION(() => {
      this.CONSUME(t.LAngle);
      this.OR([
        {
          ALT: () => {
            this.CONSUME(t.Underscore);
            this.CONSUME(t.Comma);
            this.SUBRULE(this.type, { LABEL: 'err' });
          },
        },
        {
          ALT: () => {
            this.SUBRULE2(this.type, { LABEL: 'ok' });
            this.OPTION2(() => {
              this.CONSUME2(t.Comma);
              this.SUBRULE3(this.type, { LABEL: 'err' });
            });
          },
        },
      ]);
      this.CONSUME(t.RAngle);
    });
  });

  /** `futureType ::= 'future' ('<' type '>')?` */
  readonly futureType: Rule = this.RULE('futureType', () => {
    this.CONSUME(t.Future);
    this.#optionalPayload();
  });

  /** `streamType ::= 'stream' ('<' type '>')?` */
  readonly streamType: Rule = this.RULE('streamType', () => {
    this.CONSUME(t.Stream);
    this.#optionalPayload();
  });

  #optionalPayload(): void {
    this.OPTION(() => {
      this.CONSUME(t.LAngle);
      this.SUBRULE(this.type);
      this.CONSUME(t.RAngle);
    });
  }

  /** `ownType ::= 'own' '<' id '>'` */
  readonly ownType: Rule = this.RULE('ownType', () => {
    this.CONSUME(t.Own);
    this.#handle();
  });

  /** `borrowType ::= 'borrow' '<' id '>'` */
  readonly borrowType: Rule = this.RULE('borrowType', () => {
    this.CONSUME(t.Borrow);
    this.#handle();
  });

  #handle(): void {
    this.CONSUME(t.LAngle);
    this.CONSUME(t.Id);
    this.CONSUME(t.RAngle);
  }
}
