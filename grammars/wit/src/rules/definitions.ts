import type { Alternative } from '../chevrotain-parser.ts';
import * as kinds from '../recovery/body-and-list-kinds.ts';
import * as t from '../tokens.ts';
import type { GrammarParser, RuleDefinitions } from './grammar.ts';
import { commaList, itemLoop } from './loops.ts';

/** Rules of what interfaces and worlds share: paths, attributes, `use`, type definitions and functions. */
export const definitionRules = {
  /** `path ::= id ((':' id)+ ('/' id)+ ('@' semver)?)?` */
  path: (p) => () => {
    p.CONSUME(t.Id);
    p.OPTION(() => {
      p.CONSUME(t.Colon);
      p.CONSUME2(t.Id);
      p.MANY(() => {
        p.CONSUME2(t.Colon);
        p.CONSUME3(t.Id);
      });
      p.CONSUME(t.Slash);
      p.CONSUME4(t.Id);
      p.MANY2(() => {
        p.CONSUME2(t.Slash);
        p.CONSUME5(t.Id);
      });
      p.OPTION2(() => {
        p.CONSUME(t.At);
        p.CONSUME(t.Semver);
      });
    });
  },

  /** `attribute ::= '@' (since | unstable | deprecated | externalId)` */
  attribute: (p) =>
    p.recovery.guarded('attribute', () => {
      p.CONSUME(t.At);
      p.OR([
        { ALT: () => p.SUBRULE(p.rules.since) },
        { ALT: () => p.SUBRULE(p.rules.unstable) },
        { ALT: () => p.SUBRULE(p.rules.deprecated) },
        { ALT: () => p.SUBRULE(p.rules.externalId) },
      ]);
    }),

  /** `since ::= 'since' '(' 'version' '=' semver ')'` */
  since: (p) => () => {
    p.CONSUME(t.Since);
    versionField(p);
  },

  /** `unstable ::= 'unstable' '(' 'feature' '=' id ')'` */
  unstable: (p) => () => {
    p.CONSUME(t.Unstable);
    p.CONSUME(t.LParen);
    p.CONSUME(t.Feature);
    p.CONSUME(t.Equals);
    p.CONSUME(t.Id);
    p.CONSUME(t.RParen);
  },

  /** `deprecated ::= 'deprecated' '(' 'version' '=' semver ')'` */
  deprecated: (p) => () => {
    p.CONSUME(t.Deprecated);
    versionField(p);
  },

  /** `externalId ::= 'external-id' '(' string ')'` */
  externalId: (p) => () => {
    p.CONSUME(t.ExternalId);
    p.CONSUME(t.LParen);
    p.CONSUME(t.StringLiteral);
    p.CONSUME(t.RParen);
  },

  /** `useItem ::= 'use' path '.' '{' (useName (',' useName)* ','?)? '}' ';'` */
  useItem: (p) => {
    const useNames = commaList(p, kinds.useNames, () => p.rules.useName);
    return () => {
      p.CONSUME(t.Use);
      p.SUBRULE(p.rules.path);
      p.CONSUME(t.Dot);
      p.CONSUME(t.LBrace);
      useNames();
      p.CONSUME(t.RBrace);
      p.CONSUME(t.Semicolon);
    };
  },

  /** `useName ::= id ('as' id)?` */
  useName: (p) =>
    p.recovery.guarded('element', () => {
      p.CONSUME(t.Id);
      p.OPTION(() => {
        p.CONSUME(t.As);
        p.CONSUME2(t.Id);
      });
    }),

  /** `typeItem ::= 'type' id '=' type ';'` */
  typeItem: (p) => () => {
    p.CONSUME(t.Type);
    p.CONSUME(t.Id);
    p.CONSUME(t.Equals);
    p.SUBRULE(p.rules.type);
    p.CONSUME(t.Semicolon);
  },

  /** `recordItem ::= 'record' id '{' (field (',' field)* ','?)? '}'` */
  recordItem: (p) => {
    const fields = commaList(p, kinds.fields, () => p.rules.field);
    return () => {
      p.CONSUME(t.RecordKeyword);
      p.CONSUME(t.Id);
      p.CONSUME(t.LBrace);
      fields();
      p.CONSUME(t.RBrace);
    };
  },

  /** `field ::= id ':' type` */
  field: (p) =>
    p.recovery.guarded('element', () => {
      p.CONSUME(t.Id);
      p.CONSUME(t.Colon);
      p.SUBRULE(p.rules.type);
    }),

  /** `flagsItem ::= 'flags' id '{' (flag (',' flag)* ','?)? '}'` */
  flagsItem: (p) => {
    const flags = commaList(p, kinds.flags, () => p.rules.flag);
    return () => {
      p.CONSUME(t.Flags);
      p.CONSUME(t.Id);
      p.CONSUME(t.LBrace);
      flags();
      p.CONSUME(t.RBrace);
    };
  },

  /** `flag ::= id` */
  flag: (p) =>
    p.recovery.guarded('element', () => {
      p.CONSUME(t.Id);
    }),

  /** `variantItem ::= 'variant' id '{' (variantCase (',' variantCase)* ','?)? '}'` */
  variantItem: (p) => {
    const variantCases = commaList(p, kinds.variantCases, () => p.rules.variantCase);
    return () => {
      p.CONSUME(t.Variant);
      p.CONSUME(t.Id);
      p.CONSUME(t.LBrace);
      variantCases();
      p.CONSUME(t.RBrace);
    };
  },

  /** `variantCase ::= id ('(' type ')')?` */
  variantCase: (p) =>
    p.recovery.guarded('element', () => {
      p.CONSUME(t.Id);
      p.OPTION(() => {
        p.CONSUME(t.LParen);
        p.SUBRULE(p.rules.type);
        p.CONSUME(t.RParen);
      });
    }),

  /** `enumItem ::= 'enum' id '{' (enumCase (',' enumCase)* ','?)? '}'` */
  enumItem: (p) => {
    const enumCases = commaList(p, kinds.enumCases, () => p.rules.enumCase);
    return () => {
      p.CONSUME(t.Enum);
      p.CONSUME(t.Id);
      p.CONSUME(t.LBrace);
      enumCases();
      p.CONSUME(t.RBrace);
    };
  },

  /** `enumCase ::= id` */
  enumCase: (p) =>
    p.recovery.guarded('element', () => {
      p.CONSUME(t.Id);
    }),

  /** `resourceItem ::= 'resource' id (';' | '{' resourceMember* '}')` */
  resourceItem: (p) => {
    const resourceMembers = itemLoop(p, kinds.resourceBodyKind, () => p.rules.resourceMember);
    return () => {
      p.CONSUME(t.Resource);
      p.CONSUME(t.Id);
      p.OR([
        {
          ALT: () => {
            p.CONSUME(t.LBrace);
            resourceMembers();
            p.CONSUME(t.RBrace);
          },
        },
        { ALT: () => p.CONSUME(t.Semicolon) },
      ]);
    };
  },

  /** `resourceMember ::= attribute* (constructorItem | methodItem)` */
  resourceMember: (p) =>
    p.recovery.guarded('item', () => {
      attributes(p);
      p.recovery.takeKeywordBefore(t.Colon);
      p.OR([{ ALT: () => p.SUBRULE(p.rules.constructorItem) }, { ALT: () => p.SUBRULE(p.rules.methodItem) }]);
    }),

  /** `constructorItem ::= 'constructor' params ('->' type)? ';'` */
  constructorItem: (p) => () => {
    p.CONSUME(t.Constructor);
    p.SUBRULE(p.rules.params);
    p.OPTION(() => {
      p.CONSUME(t.Arrow);
      p.SUBRULE(p.rules.type);
    });
    p.CONSUME(t.Semicolon);
  },

  /** `methodItem ::= id ':' 'static'? funcType ';'` */
  methodItem: (p) => () => {
    p.CONSUME(t.Id);
    p.CONSUME(t.Colon);
    p.OPTION(() => {
      p.CONSUME(t.Static);
    });
    p.SUBRULE(p.rules.funcType);
    p.CONSUME(t.Semicolon);
  },

  /** `funcType ::= 'async'? 'func' params ('->' type)?` */
  funcType: (p) => () => {
    p.OPTION(() => {
      p.CONSUME(t.Async);
    });
    p.CONSUME(t.Func);
    p.SUBRULE(p.rules.params);
    p.recovery.foreignSyntax.rewriteArrow();
    p.OPTION2(() => {
      p.CONSUME(t.Arrow);
      p.SUBRULE(p.rules.type);
    });
  },

  /** `params ::= '(' (param (',' param)* ','?)? ')'` */
  params: (p) => {
    const params = commaList(p, kinds.params, () => p.rules.param);
    return () => {
      p.CONSUME(t.LParen);
      params();
      p.CONSUME(t.RParen);
    };
  },

  /** `param ::= id ':' type` */
  param: (p) =>
    p.recovery.guarded('element', () => {
      p.CONSUME(t.Id);
      p.CONSUME(t.Colon);
      p.SUBRULE(p.rules.type);
    }),
} satisfies RuleDefinitions;

/** `'(' 'version' '=' semver ')'` */
function versionField(p: GrammarParser): void {
  p.CONSUME(t.LParen);
  p.CONSUME(t.Version);
  p.CONSUME(t.Equals);
  p.CONSUME(t.Semver);
  p.CONSUME(t.RParen);
}

/** `attribute*` */
export function attributes(p: GrammarParser): void {
  p.MANY(() => p.SUBRULE(p.rules.attribute));
}

/** `typeItem | recordItem | flagsItem | variantItem | enumItem | resourceItem` */
export function typeDefinitions(p: GrammarParser): Alternative[] {
  return [
    { ALT: () => p.SUBRULE(p.rules.typeItem) },
    { ALT: () => p.SUBRULE(p.rules.recordItem) },
    { ALT: () => p.SUBRULE(p.rules.flagsItem) },
    { ALT: () => p.SUBRULE(p.rules.variantItem) },
    { ALT: () => p.SUBRULE(p.rules.enumItem) },
    { ALT: () => p.SUBRULE(p.rules.resourceItem) },
  ];
}
