import * as kinds from '../recovery/body-and-list-kinds.ts';
import * as t from '../tokens.ts';
import { attributes, typeDefinitions } from './definitions.ts';
import type { GrammarParser, RuleDefinitions } from './grammar.ts';
import { commaList, itemLoop } from './loops.ts';

/**
 * Rules of files, packages, interfaces and worlds (`WIT.md`, from "Top-level items" on). The grammar describes syntax
 * only: texts with duplicate names, invalid versions or handles of types that are not resources have valid syntax.
 *
 * The comment of each rule is its production, in which `PRIMITIVE`, `id`, `semver`, `integer` and `string` are
 * tokens. Lists in braces, parentheses and angle brackets may end in a comma. They may also be empty, unlike in the
 * specification.
 */
export const itemRules = {
  /** `witFile ::= topLevelItem*`, in which a package declaration with `;` may only be the first item. */
  witFile: (p) => {
    const topLevelItems = itemLoop(p, kinds.fileBodyKind, () => p.rules.topLevelItem);
    return () => {
      topLevelItems();
    };
  },

  /** `topLevelItem ::= attribute* (packageItem | topLevelUse | interfaceItem | worldItem)` */
  topLevelItem: (p) => {
    const alternatives = [
      { ALT: () => p.SUBRULE(p.rules.packageItem) },
      { ALT: () => p.SUBRULE(p.rules.topLevelUse) },
      { ALT: () => p.SUBRULE(p.rules.interfaceItem) },
      { ALT: () => p.SUBRULE(p.rules.worldItem) },
    ];
    return p.recovery.guarded('item', () => {
      attributes(p);
      p.OR(alternatives);
    });
  },

  /** `packageItem ::= 'package' packageName (';' | '{' topLevelItem* '}')`, nested one level deep at most. */
  packageItem: (p) => {
    const packageItems = itemLoop(p, kinds.packageBodyKind, () => p.rules.topLevelItem);
    return () => {
      p.CONSUME(t.Package);
      p.SUBRULE(p.rules.packageName);
      p.OR([
        {
          ALT: () => {
            p.CONSUME(t.LBrace);
            packageItems();
            p.CONSUME(t.RBrace);
          },
        },
        { ALT: () => p.CONSUME(t.Semicolon) },
      ]);
    };
  },

  /** `packageName ::= id (':' id)+ ('/' id)* ('@' semver)?` */
  packageName: (p) => () => {
    p.CONSUME(t.Id);
    p.CONSUME(t.Colon);
    p.CONSUME2(t.Id);
    p.MANY(() => {
      p.CONSUME2(t.Colon);
      p.CONSUME3(t.Id);
    });
    p.MANY2(() => {
      p.CONSUME(t.Slash);
      p.CONSUME4(t.Id);
    });
    p.OPTION(() => {
      p.CONSUME(t.At);
      p.CONSUME(t.Semver);
    });
  },

  /** `topLevelUse ::= 'use' path ('as' id)? ';'` */
  topLevelUse: (p) => () => {
    p.CONSUME(t.Use);
    p.SUBRULE(p.rules.path);
    p.OPTION(() => {
      p.CONSUME(t.As);
      p.CONSUME(t.Id);
    });
    p.CONSUME(t.Semicolon);
  },

  /** `interfaceItem ::= 'interface' id interfaceBody` */
  interfaceItem: (p) => () => {
    p.CONSUME(t.Interface);
    p.CONSUME(t.Id);
    p.SUBRULE(p.rules.interfaceBody);
  },

  /** `interfaceBody ::= '{' interfaceMember* '}'` */
  interfaceBody: (p) => {
    const interfaceMembers = itemLoop(p, kinds.interfaceBodyKind, () => p.rules.interfaceMember);
    return () => {
      p.CONSUME(t.LBrace);
      interfaceMembers();
      p.CONSUME(t.RBrace);
    };
  },

  /**
   * `interfaceMember ::= attribute* (useItem | typeItem | recordItem | flagsItem | variantItem | enumItem |
   * resourceItem | funcItem)`
   */
  interfaceMember: (p) => {
    const alternatives = [
      { ALT: () => p.SUBRULE(p.rules.useItem) },
      ...typeDefinitions(p),
      { ALT: () => p.SUBRULE(p.rules.funcItem) },
    ];
    return p.recovery.guarded('item', () => {
      attributes(p);
      p.recovery.takeKeywordBefore(t.Colon);
      p.OR(alternatives);
    });
  },

  /** `funcItem ::= id ':' funcType ';'` */
  funcItem: (p) => () => {
    p.CONSUME(t.Id);
    p.CONSUME(t.Colon);
    p.SUBRULE(p.rules.funcType);
    p.CONSUME(t.Semicolon);
  },

  /** `worldItem ::= 'world' id '{' worldMember* '}'` */
  worldItem: (p) => {
    const worldMembers = itemLoop(p, kinds.worldBodyKind, () => p.rules.worldMember);
    return () => {
      p.CONSUME(t.World);
      p.CONSUME(t.Id);
      p.CONSUME(t.LBrace);
      worldMembers();
      p.CONSUME(t.RBrace);
    };
  },

  /**
   * `worldMember ::= attribute* (importItem | exportItem | useItem | includeItem | typeItem | recordItem | flagsItem |
   * variantItem | enumItem | resourceItem)`
   */
  worldMember: (p) => {
    const alternatives = [
      { ALT: () => p.SUBRULE(p.rules.importItem) },
      { ALT: () => p.SUBRULE(p.rules.exportItem) },
      { ALT: () => p.SUBRULE(p.rules.useItem) },
      { ALT: () => p.SUBRULE(p.rules.includeItem) },
      ...typeDefinitions(p),
    ];
    return p.recovery.guarded('item', () => {
      attributes(p);
      p.OR(alternatives);
    });
  },

  /** `importItem ::= 'import' extern` */
  importItem: (p) => () => {
    p.CONSUME(t.Import);
    p.SUBRULE(p.rules.extern);
  },

  /** `exportItem ::= 'export' extern` */
  exportItem: (p) => () => {
    p.CONSUME(t.Export);
    p.SUBRULE(p.rules.extern);
  },

  /** `extern ::= id ':' externType | path ';'` */
  extern: (p) => {
    const alternatives = {
      MAX_LOOKAHEAD: 1,
      IGNORE_AMBIGUITIES: true,
      DEF: [
        {
          GATE: () => atLabel(p),
          ALT: () => {
            p.CONSUME(t.Id);
            p.CONSUME(t.Colon);
            p.SUBRULE(p.rules.externType);
          },
        },
        {
          ALT: () => {
            p.SUBRULE(p.rules.path);
            p.CONSUME(t.Semicolon);
          },
        },
      ],
    };
    return () => {
      p.recovery.takeKeywordBefore(t.Colon, t.Semicolon);
      p.recovery.takeKeywordInPath();
      p.recovery.foreignSyntax.rewriteExtern();
      p.OR(alternatives);
    };
  },

  /** `externType ::= funcType ';' | 'interface' interfaceBody | path ';'` */
  externType: (p) => () => {
    p.recovery.takeKeywordBefore(t.Colon);
    p.recovery.foreignSyntax.rewriteExtern();
    p.OR([
      {
        ALT: () => {
          p.SUBRULE(p.rules.funcType);
          p.CONSUME(t.Semicolon);
        },
      },
      {
        ALT: () => {
          p.CONSUME(t.Interface);
          p.SUBRULE(p.rules.interfaceBody);
        },
      },
      {
        ALT: () => {
          p.SUBRULE(p.rules.path);
          p.CONSUME2(t.Semicolon);
        },
      },
    ]);
  },

  /** `includeItem ::= 'include' path (';' | 'with' '{' (includeName (',' includeName)* ','?)? '}')` */
  includeItem: (p) => {
    const includeNames = commaList(p, kinds.includeNames, () => p.rules.includeName);
    return () => {
      p.CONSUME(t.Include);
      p.SUBRULE(p.rules.path);
      p.OR([
        {
          ALT: () => {
            p.CONSUME(t.With);
            p.CONSUME(t.LBrace);
            includeNames();
            p.CONSUME(t.RBrace);
          },
        },
        { ALT: () => p.CONSUME(t.Semicolon) },
      ]);
    };
  },

  /** `includeName ::= id 'as' id` */
  includeName: (p) =>
    p.recovery.guarded('element', () => {
      p.CONSUME(t.Id);
      p.CONSUME(t.As);
      p.CONSUME2(t.Id);
    }),
} satisfies RuleDefinitions;

/**
 * Whether `id ':'` is a label and not the start of a path (`WIT.md`, "Item: `world`"): a path continues with a slash,
 * and `a:b` without a space is one name.
 */
function atLabel(p: GrammarParser): boolean {
  if (p.peek(2).tokenType !== t.Colon) return false;
  const name = p.peek(3);
  if (name.tokenType !== t.Id && name.tokenType.CATEGORIES?.includes(t.Id) !== true) return true;
  const after = p.peek(4).tokenType;
  if (after === t.Slash) return false;
  if (after === t.Colon) return true;
  const [before, colon] = [p.peek(1), p.peek(2)];
  const isOneName =
    before.startOffset + before.image.length === colon.startOffset &&
    colon.startOffset + 1 === name.startOffset;
  return !isOneName;
}
