import type {
  AttributeCstNode,
  CstNode,
  IToken,
  PackageItemCstNode,
  PackageNameCstNode,
  ParsedCst,
  PathCstNode,
  TopLevelItemCstNode,
} from '@wit-ts/grammar';
import { isLabel, isVersion } from '@wit-ts/model';
import type { Diagnostic, SourceFile, Span } from '@wit-ts/diagnostics';
import type { WitCode } from '../codes.ts';
import { shorten } from '../shorten.ts';
import type * as ast from './ast.ts';
import { CommentsBefore } from './comments-before.ts';
import { readDocs } from './docs.ts';
import { buildInterfaceMember, buildWorldMember } from './build-items.ts';
import { toKebab } from './names.ts';
import { readString } from './string-literal.ts';

/**
 * Builds the AST of a parsed file. Reports what the grammar accepts although no item can mean it, such as invalid
 * names.
 *
 * @param referenceDocs whether every comment is documentation, as in the reference implementation
 */
export function buildAst(
  file: SourceFile,
  parsed: ParsedCst,
  diagnostics: Diagnostic[],
  referenceDocs: boolean,
): ast.Ast {
  return new AstBuilder(file, parsed, diagnostics, referenceDocs).file(
    parsed.cst.children.topLevelItem ?? [],
  );
}

/** Builds the parts that items of all kinds share. */
export class AstBuilder {
  readonly source: SourceFile;
  readonly #tokens: readonly IToken[];
  readonly #comments: CommentsBefore;
  readonly #diagnostics: Diagnostic[];
  readonly #referenceDocs: boolean;

  constructor(source: SourceFile, parsed: ParsedCst, diagnostics: Diagnostic[], referenceDocs: boolean) {
    this.source = source;
    this.#tokens = parsed.tokens;
    this.#comments = new CommentsBefore(parsed.tokens, parsed.comments);
    this.#diagnostics = diagnostics;
    this.#referenceDocs = referenceDocs;
  }

  file(nodes: readonly TopLevelItemCstNode[]): ast.Ast {
    const items: ast.TopLevelItem[] = [];
    const packages: ast.PackageBlock[] = [];
    let header: ast.PackageHeader | undefined;
    for (const [i, node] of nodes.entries()) {
      const packageItem = node.children.packageItem?.[0];
      if (packageItem === undefined) {
        items.push(...this.#topLevelItem(node));
        continue;
      }
      const made = this.#packageHeader(node, packageItem);
      if (made === undefined) continue;
      if (packageItem.children.LBrace !== undefined) {
        const inner = packageItem.children.topLevelItem ?? [];
        packages.push({ ...made, items: inner.flatMap((item) => this.#topLevelItem(item)) });
      } else if (i === 0) {
        header = made;
      } else {
        this.report({
          code: 'misplaced-package',
          severity: 'error',
          message: 'expected `{`, found `;`: a package declaration with `;` must be the first item of a file',
          span: this.tokenSpan(packageItem.children.Semicolon?.[0] ?? packageItem.children.Package![0]!),
          help: `move it to the top, or write \`package ${textOf(made.name)} { … }\` for another package`,
        });
      }
    }
    return { file: this.source, items, packages, ...(header === undefined ? {} : { header }) };
  }

  report(diagnostic: Diagnostic & { readonly code: WitCode }): void {
    this.#diagnostics.push(shorten(diagnostic));
  }

  span(start: number, end: number): Span {
    return { file: this.source, start, end };
  }

  tokenSpan(token: IToken): Span {
    return this.span(token.startOffset, token.startOffset + token.image.length);
  }

  nodeSpan(node: CstNode): Span {
    const { startOffset, endOffset } = node.location!;
    return this.span(startOffset, (endOffset ?? startOffset) + 1);
  }

  /** Builds a name; an empty one when the tree has none. */
  ident(token: IToken | undefined, near: CstNode): ast.Ident {
    if (token === undefined) {
      const at = this.nodeSpan(near).end;
      return { name: '', span: this.span(at, at) };
    }
    const span = this.tokenSpan(token);
    const name = token.image.startsWith('%') ? token.image.slice(1) : token.image;
    if (name === '') return { name, span };
    if (token.isInsertedInRecovery === true) return { name, span, wrong: true };
    if (isLabel(name)) return { name, span };
    this.#reportName(name, span);
    return { name, span, wrong: true };
  }

  docs(first: IToken | undefined): { docs: ast.DocsNode } | undefined {
    if (first === undefined) return undefined;
    return this.#docsBefore(first.startOffset);
  }

  #docsBefore(start: number): { docs: ast.DocsNode } | undefined {
    const gap = this.#comments.at(start);
    const docs = gap === undefined ? undefined : readDocs(this.source, gap, this.#referenceDocs);
    return docs === undefined ? undefined : { docs };
  }

  /**
   * Builds the parts of every item: attributes, documentation and position. `node` is the wrapper that holds the
   * attributes.
   */
  item(node: CstNode & { children: { attribute?: AttributeCstNode[] } }): {
    attributes: readonly ast.Attribute[];
    docs?: ast.DocsNode;
    span: Span;
  } {
    const span = this.nodeSpan(node);
    const nodes = node.children.attribute;
    const attributes =
      nodes === undefined ? noAttributes : nodes.flatMap((attribute) => this.#attribute(attribute));
    return { attributes, ...this.#docsBefore(span.start), span };
  }

  path(node: PathCstNode | undefined, near: CstNode): ast.Path {
    if (node === undefined) {
      const name = this.ident(undefined, near);
      return { name, span: name.span };
    }
    const { Id = [], Colon = [], Slash = [], Semver = [] } = node.children;
    const span = this.nodeSpan(node);
    if (Colon.length === 0) return { name: this.ident(Id[0], node), span };
    if (this.#isNested(node, Colon[1] ?? Slash[1])) return { name: { name: '', span }, span };
    const [namespace, name] = [this.ident(Id[0], node), this.ident(Id[1], node)];
    const version = this.version(Semver[0]);
    return {
      package: { namespace, name, ...version, span: this.span(namespace.span.start, name.span.end) },
      name: this.ident(Id.at(-1), node),
      span,
    };
  }

  version(token: IToken | undefined): { version: ast.VersionNode } | undefined {
    if (token === undefined || token.image === '') return undefined;
    const span = this.tokenSpan(token);
    if (isVersion(token.image)) return { version: { text: token.image, span } };
    this.report({
      code: 'invalid-version',
      severity: 'error',
      message: `\`${token.image}\` is not a version`,
      span: this.#wrongInVersion(token) ?? span,
      help: 'versions are three numbers without leading zeros, such as `1.0.0`, with an optional suffix as in `1.0.0-rc.1+build`',
    });
    return undefined;
  }

  /**
   * Returns where a version is wrong: at its fourth number, or at the token behind it, on the same line, when it has
   * fewer than three.
   */
  #wrongInVersion(token: IToken): Span | undefined {
    const numbers = /^\d+(?:\.\d+)*/u.exec(token.image)![0].split('.');
    if (numbers.length > 3) {
      const valid = numbers.slice(0, 3).join('.').length;
      return this.span(token.startOffset + valid, token.startOffset + token.image.length);
    }
    const isWhole = numbers.join('.').length === token.image.length;
    const after = isWhole && numbers.length < 3 ? this.#tokenAfter(token) : undefined;
    if (after === undefined) return undefined;
    const between = after.file.text.slice(token.startOffset, after.start);
    return between.includes('\n') ? undefined : after;
  }

  #tokenAfter(token: IToken): Span | undefined {
    let low = 0;
    let high = this.#tokens.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#tokens[middle]!.startOffset <= token.startOffset) low = middle + 1;
      else high = middle;
    }
    const next = this.#tokens[low];
    return next === undefined ? undefined : this.tokenSpan(next);
  }

  #topLevelItem(node: TopLevelItemCstNode): ast.TopLevelItem[] {
    const { topLevelUse, interfaceItem, worldItem } = node.children;
    if (topLevelUse !== undefined) {
      const use = topLevelUse[0]!;
      const as = use.children.Id?.[0];
      return [
        {
          tag: 'use',
          ...this.item(node),
          path: this.path(use.children.path?.[0], use),
          ...(as === undefined ? {} : { as: this.ident(as, use) }),
        },
      ];
    }
    if (interfaceItem !== undefined) {
      const { Id, interfaceBody } = interfaceItem[0]!.children;
      const members = interfaceBody?.[0]?.children.interfaceMember ?? [];
      return [
        {
          tag: 'interface',
          ...this.item(node),
          name: this.ident(Id?.[0], interfaceItem[0]!),
          members: members.flatMap((member) => buildInterfaceMember(this, member)),
        },
      ];
    }
    if (worldItem !== undefined) {
      const { Id, worldMember = [] } = worldItem[0]!.children;
      return [
        {
          tag: 'world',
          ...this.item(node),
          name: this.ident(Id?.[0], worldItem[0]!),
          members: worldMember.flatMap((member) => buildWorldMember(this, member)),
        },
      ];
    }
    return [];
  }

  #packageHeader(item: TopLevelItemCstNode, node: PackageItemCstNode): ast.PackageHeader | undefined {
    const { attributes, docs, span } = this.item(item);
    if (attributes.length > 0) {
      this.report({
        code: 'misplaced-attribute',
        severity: 'error',
        message: 'attributes are not allowed before a package',
        span: this.tokenSpan(node.children.Package![0]!),
        related: [{ message: 'the attribute', span: attributes[0]!.span }],
        help: 'put them before the interfaces and worlds of the package',
      });
    }
    const name = node.children.packageName?.[0];
    if (name === undefined) return undefined;
    return { name: this.#packageName(name), ...(docs === undefined ? {} : { docs }), span };
  }

  #packageName(node: PackageNameCstNode): ast.PackageNameNode {
    const { Id = [], Colon = [], Slash = [], Semver = [] } = node.children;
    this.#isNested(node, Colon[1] ?? Slash[0]);
    return {
      namespace: this.ident(Id[0], node),
      name: this.ident(Id[1], node),
      ...this.version(Semver[0]),
      span: this.nodeSpan(node),
    };
  }

  #attribute(node: AttributeCstNode): ast.Attribute[] {
    const { since, unstable, deprecated, externalId } = node.children;
    const word = this.nodeSpan((since ?? unstable ?? deprecated ?? externalId)?.[0] ?? node);
    const span = this.span(word.start, this.nodeSpan(node).end);
    if (since !== undefined || deprecated !== undefined) {
      const gate = since?.[0] ?? deprecated![0]!;
      const version = this.version(gate.children.Semver?.[0]);
      return version === undefined ? [] : [{ tag: gate.name, ...version, span }];
    }
    if (unstable !== undefined) {
      const feature = this.ident(unstable[0]!.children.Id?.[0], node);
      return feature.name === '' ? [] : [{ tag: 'unstable', feature, span }];
    }
    const literal = externalId?.[0]?.children.StringLiteral?.[0];
    if (literal === undefined || literal.image === '' || literal.tokenType.name !== 'StringLiteral')
      return [];
    const read = readString(literal.image);
    if ('value' in read) return [{ tag: 'external-id', value: read.value, span }];
    const start = literal.startOffset + read.at;
    this.report({
      code: 'invalid-string',
      severity: 'error',
      message: read.message,
      span: this.span(start, start + read.length),
      help: 'escapes are `\\t`, `\\n`, `\\r`, `\\"`, `\\\'`, `\\\\`, `\\u{…}` for a code point and two hexadecimal digits for a byte',
    });
    return [];
  }

  #reportName(name: string, span: Span): void {
    const kebab = toKebab(name);
    this.report({
      code: 'invalid-name',
      severity: 'error',
      message: `\`${name}\` is not a valid name`,
      span,
      help: `${
        kebab === undefined ? '' : `write \`${kebab}\`: `
      }names are words joined by \`-\`, each in lower case or in upper case, and the first begins with a letter`,
    });
  }

  /**
   * Reports nested namespaces and packages, which are not supported yet. `from` is the token where the nesting begins.
   */
  #isNested(node: CstNode, from: IToken | undefined): boolean {
    if (from === undefined || from.image === '') return false;
    this.report({
      code: 'nested-name',
      severity: 'error',
      message: 'nested namespaces and packages are not supported yet',
      span: this.span(from.startOffset, this.nodeSpan(node).end),
      help: 'write `namespace:package` for a package and `namespace:package/interface` for an interface',
    });
    return true;
  }
}

const noAttributes: readonly ast.Attribute[] = [];

function textOf(name: ast.PackageNameNode): string {
  const base = `${name.namespace.name}:${name.name.name}`;
  return name.version === undefined ? base : `${base}@${name.version.text}`;
}
