import type { CstNode, ParserMethod } from 'chevrotain';
import * as kinds from './kinds.ts';
import { RecoveringParser } from './recovery.ts';
import type { BodyKind, ListKind } from './repairs.ts';
import * as t from './tokens.ts';

type Rule = ParserMethod<[], CstNode>;

/**
 * The grammar of WIT (`WIT.md`, from "Top-level items" on). It says what a text looks like and nothing of what it
 * means: names that clash, versions that are none and handles of what is no resource all parse.
 *
 * Each rule carries its production, in which `PRIMITIVE`, `id`, `semver`, `integer` and `string` are tokens. Lists in
 * braces, parentheses and angles may end in a comma and, unlike in the specification, may be empty.
 */
export class WitParser extends RecoveringParser {
  constructor(options: { readonly skipValidations: boolean }) {
    super(options.skipValidations);
    this.performSelfAnalysis();
  }

  readonly #topLevelItems = this.#body(kinds.fileBody, () => this.topLevelItem);
  readonly #packageItems = this.#body(kinds.packageBody, () => this.topLevelItem);
  readonly #interfaceMembers = this.#body(kinds.interfaceItems, () => this.interfaceMember);
  readonly #worldMembers = this.#body(kinds.worldItems, () => this.worldMember);
  readonly #resourceMembers = this.#body(kinds.resourceItems, () => this.resourceMember);
  readonly #fields = this.#list(kinds.fields, () => this.field);
  readonly #flags = this.#list(kinds.flags, () => this.flag);
  readonly #variantCases = this.#list(kinds.variantCases, () => this.variantCase);
  readonly #enumCases = this.#list(kinds.enumCases, () => this.enumCase);
  readonly #useNames = this.#list(kinds.useNames, () => this.useName);
  readonly #includeNames = this.#list(kinds.includeNames, () => this.includeName);
  readonly #params = this.#list(kinds.params, () => this.param);
  readonly #tupleTypes = this.#list(kinds.tupleTypes, () => this.type);

  /** `witFile ::= topLevelItem*`, where a package declaration with `;` may only be the first item. */
  readonly witFile: Rule = this.RULE('witFile', () => {
    this.#topLevelItems();
  });

  /** `topLevelItem ::= attribute* (packageItem | topLevelUse | interfaceItem | worldItem)` */
  readonly topLevelItem: Rule = this.RULE(
    'topLevelItem',
    this.guarded('item', () => {
      this.#attributes();
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
      this.#attributes();
      this.fixName(t.Colon);
      this.OR(this.#interfaceAlternatives);
    }),
  );

  readonly #interfaceAlternatives = [
    { ALT: () => this.SUBRULE(this.useItem) },
    ...this.#typeDefinitions(),
    { ALT: () => this.SUBRULE(this.funcItem) },
  ];

  /** `funcItem ::= id ':' funcType ';'` */
  readonly funcItem: Rule = this.RULE('funcItem', () => {
    this.CONSUME(t.Id);
    this.CONSUME(t.Colon);
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
      this.#attributes();
      this.OR(this.#worldAlternatives);
    }),
  );

  readonly #worldAlternatives = [
    { ALT: () => this.SUBRULE(this.importItem) },
    { ALT: () => this.SUBRULE(this.exportItem) },
    { ALT: () => this.SUBRULE(this.useItem) },
    { ALT: () => this.SUBRULE(this.includeItem) },
    ...this.#typeDefinitions(),
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
      this.#attributes();
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

  /**
   * `type ::= PRIMITIVE | id | tupleType | listType | mapType | optionType | resultType | futureType | streamType | ownType | borrowType`
   */
  readonly type: Rule = this.RULE(
    'type',
    this.nested(() => {
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

  #attributes(): void {
    this.MANY(() => this.SUBRULE(this.attribute));
  }

  #typeDefinitions(): { ALT: () => CstNode }[] {
    return [
      { ALT: () => this.SUBRULE(this.typeItem) },
      { ALT: () => this.SUBRULE(this.recordItem) },
      { ALT: () => this.SUBRULE(this.flagsItem) },
      { ALT: () => this.SUBRULE(this.variantItem) },
      { ALT: () => this.SUBRULE(this.enumItem) },
      { ALT: () => this.SUBRULE(this.resourceItem) },
    ];
  }

  /** The loop over a body's items. Made once, for the loops are the hottest part of a parse. */
  #body(kind: BodyKind, item: () => Rule): () => void {
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
  #list(kind: ListKind, element: () => Rule): () => void {
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
