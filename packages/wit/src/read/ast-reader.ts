import { isVersion } from '@wit-ts/model';
import type { SourceFile, Span } from '@wit-ts/diagnostics';
import type * as ast from '../ast/ast.ts';
import { readDocs } from '../ast/docs.ts';
import { readString } from '../ast/string-literal.ts';
import * as k from './token-kinds.ts';
import { MISTAKE, Scanner } from './scanner.ts';

/** Reads the parts that items of all kinds share, directly into the AST. */
export class AstReader extends Scanner {
  readonly file: SourceFile;
  /** The number of types around the current one. */
  depth = 0;
  readonly #referenceDocs: boolean;

  constructor(file: SourceFile, referenceDocs: boolean) {
    super(file.text);
    this.file = file;
    this.#referenceDocs = referenceDocs;
  }

  /** Whether the current token is of this kind. */
  at(kind: number): boolean {
    return this.kind === kind;
  }

  /** Moves past a token that must be there. */
  expect(kind: number): void {
    if (this.kind !== kind) throw MISTAKE;
    this.advance();
  }

  /** Moves past a token if it is there. Returns whether it was. */
  accept(kind: number): boolean {
    if (this.kind !== kind) return false;
    this.advance();
    return true;
  }

  /** Returns the span from an offset to the end of the token before the current one. */
  since(start: number): Span {
    return { file: this.file, start, end: this.before };
  }

  ident(): ast.Ident {
    if (this.kind !== k.NAME) throw MISTAKE;
    const { file, text, start, end } = this;
    const from = text.charCodeAt(start) === 0x25 ? start + 1 : start;
    const name = text.slice(from, end);
    this.advance();
    return { name, span: { file, start, end } };
  }

  /** Whether the current token is this word, which is a keyword in one place only. */
  isWord(word: string): boolean {
    const { kind, start, end, text } = this;
    return kind === k.NAME && end - start === word.length && text.startsWith(word, start);
  }

  word(word: string): void {
    if (!this.isWord(word)) throw MISTAKE;
    this.advance();
  }

  version(): ast.VersionNode {
    const { file, start, end } = this;
    const text = this.text.slice(start, end);
    if (this.kind !== k.SEMVER || !isVersion(text)) throw MISTAKE;
    this.advance();
    return { text, span: { file, start, end } };
  }

  /** Returns the documentation in the comments before the current token. */
  docs(): ast.DocsNode | undefined {
    const { comments, before, start, file } = this;
    if (comments.length === 0) return undefined;
    return readDocs(file, { comments, before, after: start }, this.#referenceDocs);
  }

  attributes(): readonly ast.Attribute[] {
    if (this.kind !== k.AT) return noAttributes;
    const attributes: ast.Attribute[] = [];
    while (this.accept(k.AT)) attributes.push(this.#attribute());
    return attributes;
  }

  #attribute(): ast.Attribute {
    const { start } = this;
    if (this.isWord('since') || this.isWord('deprecated')) {
      const tag = this.isWord('since') ? 'since' : 'deprecated';
      this.advance();
      this.expect(k.LPAREN);
      this.word('version');
      this.expect(k.EQUALS);
      const version = this.version();
      this.expect(k.RPAREN);
      return { tag, version, span: this.since(start) };
    }
    if (this.isWord('unstable')) {
      this.advance();
      this.expect(k.LPAREN);
      this.word('feature');
      this.expect(k.EQUALS);
      const feature = this.ident();
      this.expect(k.RPAREN);
      return { tag: 'unstable', feature, span: this.since(start) };
    }
    this.word('external-id');
    this.expect(k.LPAREN);
    if (this.kind !== k.STRING) throw MISTAKE;
    const read = readString(this.text.slice(this.start, this.end));
    if (!('value' in read)) throw MISTAKE;
    this.advance();
    this.expect(k.RPAREN);
    return { tag: 'external-id', value: read.value, span: this.since(start) };
  }

  path(): ast.Path {
    const { start } = this;
    const first = this.ident();
    if (this.kind !== k.COLON) return { name: first, span: this.since(start) };
    this.advance();
    const second = this.ident();
    const { file } = this;
    const span = { file, start, end: this.before };
    this.expect(k.SLASH);
    const name = this.ident();
    const names = { namespace: first, name: second };
    const found = this.accept(k.AT) ? { ...names, version: this.version(), span } : { ...names, span };
    return { package: found, name, span: this.since(start) };
  }

  packageName(): ast.PackageNameNode {
    const { start } = this;
    const namespace = this.ident();
    this.expect(k.COLON);
    const name = this.ident();
    if (!this.accept(k.AT)) return { namespace, name, span: this.since(start) };
    const version = this.version();
    return { namespace, name, version, span: this.since(start) };
  }
}

const noAttributes: readonly ast.Attribute[] = [];
