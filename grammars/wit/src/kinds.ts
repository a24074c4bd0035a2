import type { IToken, TokenType } from 'chevrotain';
import { typeStarts, type BodyKind, type ListKind } from './repairs.ts';
import * as t from './tokens.ts';

/** What may stand in each body and each list: the tables by which the recovery finds its way. */

const typedefs = [t.Type, t.RecordKeyword, t.Flags, t.Variant, t.Enum, t.Resource];

export const fileBody: BodyKind = {
  starts: [t.At, t.Package, t.Use, t.Interface, t.World],
  names: false,
  closed: false,
  expected: '`package`, `use`, `interface` or `world`',
  help: (token, next) => helpOutside(token, next),
};

export const packageBody: BodyKind = {
  starts: [t.At, t.Use, t.Interface, t.World],
  names: false,
  closed: true,
  expected: '`use`, `interface` or `world`',
  help: (token, next) =>
    token.tokenType === t.Package
      ? 'packages nest only one level deep: move it out'
      : helpOutside(token, next),
};

export const interfaceItems: BodyKind = {
  starts: [t.At, t.Use, ...typedefs, t.Id],
  names: true,
  closed: true,
  expected: '`use`, a type definition or a function',
  help: (token) => {
    if (token.tokenType === t.Import || token.tokenType === t.Export || token.tokenType === t.Include) {
      return `\`${token.image}\` belongs into a world`;
    }
    if (token.tokenType === t.Interface || token.tokenType === t.World || token.tokenType === t.Package) {
      return 'close the interface first: interfaces, worlds and packages do not stand inside it';
    }
    return helpStray(token);
  },
};

export const worldItems: BodyKind = {
  starts: [t.At, t.Import, t.Export, t.Use, t.Include, ...typedefs],
  names: false,
  closed: true,
  expected: '`import`, `export`, `include`, `use` or a type definition',
  help: (token, next) => {
    if (next.tokenType === t.Colon)
      return `write \`import ${token.image}: …\` or \`export ${token.image}: …\``;
    if (token.tokenType === t.Interface)
      return 'write `import name: interface { … }`, or move it out of the world';
    return helpStray(token);
  },
};

export const resourceItems: BodyKind = {
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
    return helpStray(token);
  },
};

function helpOutside(token: IToken, next: IToken): string | undefined {
  if (token.tokenType === t.Import || token.tokenType === t.Export || token.tokenType === t.Include) {
    return `\`${token.image}\` belongs into a world: \`world name { ${token.image} … }\``;
  }
  if (next.tokenType === t.Colon || typedefs.includes(token.tokenType)) {
    return 'functions and types belong into an interface: `interface name { … }`';
  }
  return helpStray(token);
}

function helpStray(token: IToken): string | undefined {
  return token.tokenType === t.Semicolon ? 'remove this `;`' : undefined;
}

function names(expected: string, closer: TokenType, ...afterName: readonly TokenType[]): ListKind {
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

export const fields = names('a field', t.RBrace, t.Colon);
export const flags = names('a flag', t.RBrace, t.Comma, t.RBrace);
export const variantCases = names('a case', t.RBrace, t.Comma, t.LParen, t.RBrace);
export const enumCases = names('a case', t.RBrace, t.Comma, t.RBrace);
export const useNames = names('the name of a type', t.RBrace, t.Comma, t.As, t.RBrace);
export const includeNames = names('a renaming', t.RBrace, t.As);
export const params = names('a parameter', t.RParen, t.Colon);

export const tupleTypes: ListKind = {
  closer: t.RAngle,
  starts: typeStarts,
  names: false,
  afterName: [],
  ends: [t.RParen, t.LBrace, t.Arrow],
  attributes: false,
  expected: 'a type',
};
