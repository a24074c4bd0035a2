import type { CstNode } from 'chevrotain';
import * as kinds from './kinds.ts';
import type { Rule } from './loop-parser.ts';
import * as t from './tokens.ts';
import { TypeRules } from './type-rules.ts';

/** Rules of what interfaces and worlds both hold: attributes, `use`, definitions of types, functions. */
export abstract class DefinitionRules extends TypeRules {
  readonly #useNames = this.list(kinds.useNames, () => this.useName);
  readonly #fields = this.list(kinds.fields, () => this.field);
  readonly #flags = this.list(kinds.flags, () => this.flag);
  readonly #variantCases = this.list(kinds.variantCases, () => this.variantCase);
  readonly #enumCases = this.list(kinds.enumCases, () => this.enumCase);
  readonly #params = this.list(kinds.params, () => this.param);
  readonly #resourceMembers = this.body(kinds.resourceItems, () => this.resourceMember);

  /** `path ::= id ((':' id)+ ('/' id)+ ('@' semver)?)?` */
  readonly path: Rule = this.RULE('path', () => {
    this.CONSUME(t.Id);
    this.OPTION(() => {
      this.CONSUME(t.Colon);
      this.CONSUME2(t.Id);
      this.MANY(() => {
        this.CONSUME2(t.Colon);
        this.CONSUME3(t.Id);
      });
      this.CONSUME(t.Slash);
      this.CONSUME4(t.Id);
      this.MANY2(() => {
        this.CONSUME2(t.Slash);
        this.CONSUME5(t.Id);
      });
      this.OPTION2(() => {
        this.CONSUME(t.At);
        this.CONSUME(t.Semver);
      });
    });
  });

  /** `attribute ::= '@' (since | unstable | deprecated | externalId)` */
  readonly attribute: Rule = this.RULE(
    'attribute',
    this.guarded('attribute', () => {
      this.CONSUME(t.At);
      this.OR([
        { ALT: () => this.SUBRULE(this.since) },
        { ALT: () => this.SUBRULE(this.unstable) },
        { ALT: () => this.SUBRULE(this.deprecated) },
        { ALT: () => this.SUBRULE(this.externalId) },
      ]);
    }),
  );

  /** `since ::= 'since' '(' 'version' '=' semver ')'` */
  readonly since: Rule = this.RULE('since', () => {
    this.CONSUME(t.Since);
    this.#versionField();
  });

  /** `unstable ::= 'unstable' '(' 'feature' '=' id ')'` */
  readonly unstable: Rule = this.RULE('unstable', () => {
    this.CONSUME(t.Unstable);
    this.CONSUME(t.LParen);
    this.CONSUME(t.Feature);
    this.CONSUME(t.Equals);
    this.CONSUME(t.Id);
    this.CONSUME(t.RParen);
  });

  /** `deprecated ::= 'deprecated' '(' 'version' '=' semver ')'` */
  readonly deprecated: Rule = this.RULE('deprecated', () => {
    this.CONSUME(t.Deprecated);
    this.#versionField();
  });

  #versionField(): void {
    this.CONSUME(t.LParen);
    this.CONSUME(t.Version);
    this.CONSUME(t.Equals);
    this.CONSUME(t.Semver);
    this.CONSUME(t.RParen);
  }

  /** `externalId ::= 'external-id' '(' string ')'` */
  readonly externalId: Rule = this.RULE('externalId', () => {
    this.CONSUME(t.ExternalId);
    this.CONSUME(t.LParen);
    this.CONSUME(t.StringLiteral);
    this.CONSUME(t.RParen);
  });

  /** `useItem ::= 'use' path '.' '{' (useName (',' useName)* ','?)? '}' ';'` */
  readonly useItem: Rule = this.RULE('useItem', () => {
    this.CONSUME(t.Use);
    this.SUBRULE(this.path);
    this.CONSUME(t.Dot);
    this.CONSUME(t.LBrace);
    this.#useNames();
    this.CONSUME(t.RBrace);
    this.CONSUME(t.Semicolon);
  });

  /** `useName ::= id ('as' id)?` */
  readonly useName: Rule = this.RULE(
    'useName',
    this.guarded('element', () => {
      this.CONSUME(t.Id);
      this.OPTION(() => {
        this.CONSUME(t.As);
        this.CONSUME2(t.Id);
      });
    }),
  );

  /** `typeItem ::= 'type' id '=' type ';'` */
  readonly typeItem: Rule = this.RULE('typeItem', () => {
    this.CONSUME(t.Type);
    this.CONSUME(t.Id);
    this.CONSUME(t.Equals);
    this.SUBRULE(this.type);
    this.CONSUME(t.Semicolon);
  });

  /** `recordItem ::= 'record' id '{' (field (',' field)* ','?)? '}'` */
  readonly recordItem: Rule = this.RULE('recordItem', () => {
    this.CONSUME(t.RecordKeyword);
    this.CONSUME(t.Id);
    this.CONSUME(t.LBrace);
    this.#fields();
    this.CONSUME(t.RBrace);
  });

  /** `field ::= id ':' type` */
  readonly field: Rule = this.RULE(
    'field',
    this.guarded('element', () => {
      this.CONSUME(t.Id);
      this.CONSUME(t.Colon);
      this.SUBRULE(this.type);
    }),
  );

  /** `flagsItem ::= 'flags' id '{' (flag (',' flag)* ','?)? '}'` */
  readonly flagsItem: Rule = this.RULE('flagsItem', () => {
    this.CONSUME(t.Flags);
    this.CONSUME(t.Id);
    this.CONSUME(t.LBrace);
    this.#flags();
    this.CONSUME(t.RBrace);
  });

  /** `flag ::= id` */
  readonly flag: Rule = this.RULE(
    'flag',
    this.guarded('element', () => {
      this.CONSUME(t.Id);
    }),
  );

  /** `variantItem ::= 'variant' id '{' (variantCase (',' variantCase)* ','?)? '}'` */
  readonly variantItem: Rule = this.RULE('variantItem', () => {
    this.CONSUME(t.Variant);
    this.CONSUME(t.Id);
    this.CONSUME(t.LBrace);
    this.#variantCases();
    this.CONSUME(t.RBrace);
  });

  /** `variantCase ::= id ('(' type ')')?` */
  readonly variantCase: Rule = this.RULE(
    'variantCase',
    this.guarded('element', () => {
      this.CONSUME(t.Id);
      this.OPTION(() => {
        this.CONSUME(t.LParen);
        this.SUBRULE(this.type);
        this.CONSUME(t.RParen);
      });
    }),
  );

  /** `enumItem ::= 'enum' id '{' (enumCase (',' enumCase)* ','?)? '}'` */
  readonly enumItem: Rule = this.RULE('enumItem', () => {
    this.CONSUME(t.Enum);
    this.CONSUME(t.Id);
    this.CONSUME(t.LBrace);
    this.#enumCases();
    this.CONSUME(t.RBrace);
  });

  /** `enumCase ::= id` */
  readonly enumCase: Rule = this.RULE(
    'enumCase',
    this.guarded('element', () => {
      this.CONSUME(t.Id);
    }),
  );

  /** `resourceItem ::= 'resource' id (';' | '{' resourceMember* '}')` */
  readonly resourceItem: Rule = this.RULE('resourceItem', () => {
    this.CONSUME(t.Resource);
    this.CONSUME(t.Id);
    this.OR([
      {
        ALT: () => {
          this.CONSUME(t.LBrace);
          this.#resourceMembers();
          this.CONSUME(t.RBrace);
        },
      },
      { ALT: () => this.CONSUME(t.Semicolon) },
    ]);
  });

  /** `resourceMember ::= attribute* (constructorItem | methodItem)` */
  readonly resourceMember: Rule = this.RULE(
    'resourceMember',
    this.guarded('item', () => {
      this.attributes();
      this.fixName(t.Colon);
      this.OR([
        { ALT: () => this.SUBRULE(this.constructorItem) },
        { ALT: () => this.SUBRULE(this.methodItem) },
      ]);
    }),
  );

  /** `constructorItem ::= 'constructor' params ('->' type)? ';'` */
  readonly constructorItem: Rule = this.RULE('constructorItem', () => {
    this.CONSUME(t.Constructor);
    this.SUBRULE(this.params);
    this.OPTION(() => {
      this.CONSUME(t.Arrow);
      this.SUBRULE(this.type);
    });
    this.CONSUME(t.Semicolon);
  });

  /** `methodItem ::= id ':' 'static'? funcType ';'` */
  readonly methodItem: Rule = this.RULE('methodItem', () => {
    this.CONSUME(t.Id);
    this.CONSUME(t.Colon);
    this.OPTION(() => {
      this.CONSUME(t.Static);
    });
    this.SUBRULE(this.funcType);
    this.CONSUME(t.Semicolon);
  });

  /** `funcType ::= 'async'? 'func' params ('->' type)?` */
  readonly funcType: Rule = this.RULE('funcType', () => {
    this.OPTION(() => {
      this.CONSUME(t.Async);
    });
    this.CONSUME(t.Func);
    this.SUBRULE(this.params);
    this.respellArrow();
    this.OPTION2(() => {
      this.CONSUME(t.Arrow);
      this.SUBRULE(this.type);
    });
  });

  /** `params ::= '(' (param (',' param)* ','?)? ')'` */
  readonly params: Rule = this.RULE('params', () => {
    this.CONSUME(t.LParen);
    this.#params();
    this.CONSUME(t.RParen);
  });

  /** `param ::= id ':' type` */
  readonly param: Rule = this.RULE(
    'param',
    this.guarded('element', () => {
      this.CONSUME(t.Id);
      this.CONSUME(t.Colon);
      this.SUBRULE(this.type);
    }),
  );

  protected attributes(): void {
    this.MANY(() => this.SUBRULE(this.attribute));
  }

  protected typeDefinitions(): { ALT: () => CstNode }[] {
    return [
      { ALT: () => this.SUBRULE(this.typeItem) },
      { ALT: () => this.SUBRULE(this.recordItem) },
      { ALT: () => this.SUBRULE(this.flagsItem) },
      { ALT: () => this.SUBRULE(this.variantItem) },
      { ALT: () => this.SUBRULE(this.enumItem) },
      { ALT: () => this.SUBRULE(this.resourceItem) },
    ];
  }
}
