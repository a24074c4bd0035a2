import { DefinitionRules } from './definition-rules.ts';
import * as kinds from './kinds.ts';
import type { Rule } from './loop-parser.ts';
import * as t from './tokens.ts';

/**
 * The grammar of WIT (`WIT.md`, from "Top-level items" on). It says what a text looks like and nothing of what it
 * means: names that clash, versions that are none and handles of what is no resource all parse.
 *
 * Each rule carries its production, in which `PRIMITIVE`, `id`, `semver`, `integer` and `string` are tokens. Lists in
 * braces, parentheses and angles may end in a comma and, unlike in the specification, may be empty.
 */
export class WitParser extends DefinitionRules {
  constructor(options: { readonly skipValidations: boolean }) {
    super(options.skipValidations);
    this.performSelfAnalysis();
  }

  readonly #topLevelItems = this.body(kinds.fileBody, () => this.topLevelItem);
  readonly #packageItems = this.body(kinds.packageBody, () => this.topLevelItem);
  readonly #interfaceMembers = this.body(kinds.interfaceItems, () => this.interfaceMember);
  readonly #worldMembers = this.body(kinds.worldItems, () => this.worldMember);
  readonly #includeNames = this.list(kinds.includeNames, () => this.includeName);

  /** `witFile ::= topLevelItem*`, where a package declaration with `;` may only be the first item. */
  readonly witFile: Rule = this.RULE('witFile', () => {
    this.#topLevelItems();
  });

  /** `topLevelItem ::= attribute* (packageItem | topLevelUse | interfaceItem | worldItem)` */
  readonly topLevelItem: Rule = this.RULE(
    'topLevelItem',
    this.guarded('item', () => {
      this.attributes();
      this.OR(this.#topLevelAlternatives);
    }),
  );

  readonly #topLevelAlternatives = [
    { ALT: () => this.SUBRULE(this.packageItem) },
    { ALT: () => this.SUBRULE(this.topLevelUse) },
    { ALT: () => this.SUBRULE(this.interfaceItem) },
    { ALT: () => this.SUBRULE(this.worldItem) },
  ];

  /** `packageItem ::= 'package' packageName (';' | '{' topLevelItem* '}')`, nested one level deep at most. */
  readonly packageItem: Rule = this.RULE('packageItem', () => {
    this.CONSUME(t.Package);
    this.SUBRULE(this.packageName);
    this.OR([
      {
        ALT: () => {
          this.CONSUME(t.LBrace);
          this.#packageItems();
          this.CONSUME(t.RBrace);
        },
      },
      { ALT: () => this.CONSUME(t.Semicolon) },
    ]);
  });

  /** `packageName ::= id (':' id)+ ('/' id)* ('@' semver)?` */
  readonly packageName: Rule = this.RULE('packageName', () => {
    this.CONSUME(t.Id);
    this.CONSUME(t.Colon);
    this.CONSUME2(t.Id);
    this.MANY(() => {
      this.CONSUME2(t.Colon);
      this.CONSUME3(t.Id);
    });
    this.MANY2(() => {
      this.CONSUME(t.Slash);
      this.CONSUME4(t.Id);
    });
    this.OPTION(() => {
      this.CONSUME(t.At);
      this.CONSUME(t.Semver);
    });
  });

  /** `topLevelUse ::= 'use' path ('as' id)? ';'` */
  readonly topLevelUse: Rule = this.RULE('topLevelUse', () => {
    this.CONSUME(t.Use);
    this.SUBRULE(this.path);
    this.OPTION(() => {
      this.CONSUME(t.As);
      this.CONSUME(t.Id);
    });
    this.CONSUME(t.Semicolon);
  });

  /** `interfaceItem ::= 'interface' id interfaceBody` */
  readonly interfaceItem: Rule = this.RULE('interfaceItem', () => {
    this.CONSUME(t.Interface);
    this.CONSUME(t.Id);
    this.SUBRULE(this.interfaceBody);
  });

  /** `interfaceBody ::= '{' interfaceMember* '}'` */
  readonly interfaceBody: Rule = this.RULE('interfaceBody', () => {
    this.CONSUME(t.LBrace);
    this.#interfaceMembers();
    this.CONSUME(t.RBrace);
  });

  /**
   * `interfaceMember ::= attribute* (useItem | typeItem | recordItem | flagsItem | variantItem | enumItem | resourceItem | funcItem)`
   */
  readonly interfaceMember: Rule = this.RULE(
    'interfaceMember',
    this.guarded('item', () => {
      this.attributes();
      this.fixName(t.Colon);
      this.OR(this.#interfaceAlternatives);
    }),
  );

  readonly #interfaceAlternatives = [
    { ALT: () => this.SUBRULE(this.useItem) },
    ...this.typeDefinitions(),
    { ALT: () => this.SUBRULE(this.funcItem) },
  ];

  /** `funcItem ::= id ':' funcType ';'` */
  readonly funcItem: Rule = this.RULE('funcItem', () => {
    this.CONSUME(t.Id);
    this.CONSUME(t.Colon);
    this.SUBRULE(this.funcType);
    this.CONSUME(t.Semicolon);
  });

  /** `worldItem ::= 'world' id '{' worldMember* '}'` */
  readonly worldItem: Rule = this.RULE('worldItem', () => {
    this.CONSUME(t.World);
    this.CONSUME(t.Id);
    this.CONSUME(t.LBrace);
    this.#worldMembers();
    this.CONSUME(t.RBrace);
  });

  /**
   * `worldMember ::= attribute* (importItem | exportItem | useItem | includeItem | typeItem | recordItem | flagsItem | variantItem | enumItem | resourceItem)`
   */
  readonly worldMember: Rule = this.RULE(
    'worldMember',
    this.guarded('item', () => {
      this.attributes();
      this.OR(this.#worldAlternatives);
    }),
  );

  readonly #worldAlternatives = [
    { ALT: () => this.SUBRULE(this.importItem) },
    { ALT: () => this.SUBRULE(this.exportItem) },
    { ALT: () => this.SUBRULE(this.useItem) },
    { ALT: () => this.SUBRULE(this.includeItem) },
    ...this.typeDefinitions(),
  ];

  /** `importItem ::= 'import' extern` */
  readonly importItem: Rule = this.RULE('importItem', () => {
    this.CONSUME(t.Import);
    this.SUBRULE(this.extern);
  });

  /** `exportItem ::= 'export' extern` */
  readonly exportItem: Rule = this.RULE('exportItem', () => {
    this.CONSUME(t.Export);
    this.SUBRULE(this.extern);
  });

  /** `extern ::= id ':' externType | path ';'` */
  readonly extern: Rule = this.RULE('extern', () => {
    this.fixName(t.Colon);
    this.respellExtern();
    this.OR(this.#externAlternatives);
  });

  readonly #externAlternatives = {
    MAX_LOOKAHEAD: 1,
    IGNORE_AMBIGUITIES: true,
    DEF: [
      {
        GATE: () => this.#atLabel(),
        ALT: () => {
          this.CONSUME(t.Id);
          this.CONSUME(t.Colon);
          this.SUBRULE(this.externType);
        },
      },
      {
        ALT: () => {
          this.SUBRULE(this.path);
          this.CONSUME(t.Semicolon);
        },
      },
    ],
  };

  /** `externType ::= funcType ';' | 'interface' interfaceBody | path ';'` */
  readonly externType: Rule = this.RULE('externType', () => {
    this.respellExtern();
    this.OR([
      {
        ALT: () => {
          this.SUBRULE(this.funcType);
          this.CONSUME(t.Semicolon);
        },
      },
      {
        ALT: () => {
          this.CONSUME(t.Interface);
          this.SUBRULE(this.interfaceBody);
        },
      },
      {
        ALT: () => {
          this.SUBRULE(this.path);
          this.CONSUME2(t.Semicolon);
        },
      },
    ]);
  });

  /** `includeItem ::= 'include' path (';' | 'with' '{' (includeName (',' includeName)* ','?)? '}')` */
  readonly includeItem: Rule = this.RULE('includeItem', () => {
    this.CONSUME(t.Include);
    this.SUBRULE(this.path);
    this.OR([
      {
        ALT: () => {
          this.CONSUME(t.With);
          this.CONSUME(t.LBrace);
          this.#includeNames();
          this.CONSUME(t.RBrace);
        },
      },
      { ALT: () => this.CONSUME(t.Semicolon) },
    ]);
  });

  /** `includeName ::= id 'as' id` */
  readonly includeName: Rule = this.RULE(
    'includeName',
    this.guarded('element', () => {
      this.CONSUME(t.Id);
      this.CONSUME(t.As);
      this.CONSUME2(t.Id);
    }),
  );

  /**
   * Whether `id ':'` is a label and not the start of a path (`WIT.md`, "Item: `world`"): a path goes on with a slash, and
   * `a:b` without a space is one name.
   */
  #atLabel(): boolean {
    if (this.LA(2).tokenType !== t.Colon) return false;
    const name = this.LA(3);
    if (name.tokenType !== t.Id && name.tokenType.CATEGORIES?.includes(t.Id) !== true) return true;
    const after = this.LA(4).tokenType;
    if (after === t.Slash) return false;
    if (after === t.Colon) return true;
    const [before, colon] = [this.LA(1), this.LA(2)];
    const isOneName =
      before.startOffset + before.image.length === colon.startOffset &&
      colon.startOffset + 1 === name.startOffset;
    return !isOneName;
  }
}
