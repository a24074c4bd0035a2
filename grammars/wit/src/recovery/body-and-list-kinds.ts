import type { IToken, TokenType } from 'chevrotain';
import * as t from '../tokens.ts';
import { typeStarts } from './token-queries.ts';

/* The items that each body may hold and the elements that each list may hold: the tables that the recovery reads. */

/** The items of a file, or between the braces of a package, an interface, a world or a resource. */
export interface BodyKind {
  /** Tokens that begin an item here. */
  readonly starts: readonly TokenType[];
  /** Whether an item may begin with a name, as a function does. */
  readonly names: boolean;
  /** Whether a `}` ends it; a file ends by itself. */
  readonly closed: boolean;
  /** The items that are allowed here, in words for messages. */
  readonly expected: string;
  /** What to do about a token that begins no item here. */
  readonly help: (token: IToken, next: IToken) => string | undefined;
}

/** A list with commas: fields, parameters, cases, names, types. */
export interface ListKind {
  /** The bracket that ends the list. */
  readonly closer: TokenType;
  /** Tokens that begin an element. */
  readonly starts: readonly TokenType[];
  /** Whether an element begins with a name, so that a keyword there may be meant as one. */
  readonly names: boolean;
  /** Tokens that may follow such a name. */
  readonly afterName: readonly TokenType[];
  /** Tokens, besides the closer, that show that the list was not closed. */
  readonly ends: readonly TokenType[];
  /** Whether authors write attributes before its elements, although the language permits none there. */
  readonly attributes: boolean;
  /** An element, in words for messages. */
  readonly expected: string;
}

const typeDefinitions = [t.Type, t.RecordKeyword, t.Flags, t.Variant, t.Enum, t.Resource];

export const fileBodyKind: BodyKind = {
  starts: [t.At, t.Package, t.Use, t.Interface, t.World],
  names: false,
  closed: false,
  expected: '`package`, `use`, `interface` or `world`',
  help: (token, next) => helpAtTop(token, next),
};

export const packageBodyKind: BodyKind = {
  starts: [t.At, t.Use, t.Interface, t.World],
  names: false,
  closed: true,
  expected: '`use`, `interface` or `world`',
  help: (token, next) =>
    token.tokenType === t.Package ? 'packages nest only one level deep: move it out' : helpAtTop(token, next),
};

export const interfaceBodyKind: BodyKind = {
  starts: [t.At, t.Use, ...typeDefinitions, t.Id],
  names: true,
  closed: true,
  expected: '`use`, a type definition or a function',
  help: (token) => {
    if (token.tokenType === t.Import || token.tokenType === t.Export || token.tokenType === t.Include) {
      return `\`${token.image}\` belongs in a world`;
    }
    if (token.tokenType === t.Interface || token.tokenType === t.World || token.tokenType === t.Package) {
      return 'close the interface first: it cannot contain interfaces, worlds or packages';
    }
    return helpForSemicolon(token);
  },
};

export const worldBodyKind: BodyKind = {
  starts: [t.At, t.Import, t.Export, t.Use, t.Include, ...typeDefinitions],
  names: false,
  closed: true,
  expected: '`import`, `export`, `include`, `use` or a type definition',
  help: (token, next) => {
    if (next.tokenType === t.Colon)
      return `write \`import ${token.image}: …\` or \`export ${token.image}: …\``;
    if (token.tokenType === t.Interface)
      return 'write `import name: interface { … }`, or move it out of the world';
    return helpForSemicolon(token);
  },
};

export const resourceBodyKind: BodyKind = {
  starts: [t.At, t.Constructor, t.Id],
  names: true,
  closed: true,
  expected: '`constructor` or a method',
  help: (token, next) => {
    if (token.tokenType === t.Async && next.tokenType === t.Constructor)
      return 'constructors cannot be async';
    if (token.tokenType === t.Async || token.tokenType === t.Static) {
      return `write \`name: ${token.image} func(…)\``;
    }
    return helpForSemicolon(token);
  },
};

function helpAtTop(token: IToken, next: IToken): string | undefined {
  if (token.tokenType === t.Import || token.tokenType === t.Export || token.tokenType === t.Include) {
    return `\`${token.image}\` belongs in a world: \`world name { ${token.image} … }\``;
  }
  if (next.tokenType === t.Colon || typeDefinitions.includes(token.tokenType)) {
    return 'functions and types belong in an interface: `interface name { … }`';
  }
  return helpForSemicolon(token);
}

function helpForSemicolon(token: IToken): string | undefined {
  return token.tokenType === t.Semicolon ? 'remove this `;`' : undefined;
}

function namedElements(expected: string, closer: TokenType, ...afterName: readonly TokenType[]): ListKind {
  return {
    closer,
    starts: [t.Id],
    names: true,
    afterName,
    ends: closer === t.RParen ? [t.Arrow, t.LBrace] : [t.LBrace],
    attributes: true,
    expected,
  };
}

export const fields = namedElements('a field', t.RBrace, t.Colon);
export const flags = namedElements('a flag', t.RBrace, t.Comma, t.RBrace);
export const variantCases = namedElements('a case', t.RBrace, t.Comma, t.LParen, t.RBrace);
export const enumCases = namedElements('a case', t.RBrace, t.Comma, t.RBrace);
export const useNames = namedElements('the name of a type', t.RBrace, t.Comma, t.As, t.RBrace);
export const includeNames = namedElements('a renaming', t.RBrace, t.As);
export const params = namedElements('a parameter', t.RParen, t.Colon);

export const tupleTypes: ListKind = {
  closer: t.RAngle,
  starts: typeStarts,
  names: false,
  afterName: [],
  ends: [t.RParen, t.LBrace, t.Arrow],
  attributes: false,
  expected: 'a type',
};
