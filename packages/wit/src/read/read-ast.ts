import type { SourceFile } from '@wit-ts/diagnostics';
import type * as ast from '../ast/ast.ts';
import * as k from './token-kinds.ts';
import { readFunc, readFuncType, readList, readTypeDef, startsDefinition } from './read-definitions.ts';
import { AstReader } from './ast-reader.ts';
import { MISTAKE } from './scanner.ts';

/**
 * Reads the AST of a file without mistakes, without the grammar's parser and its tree. This is several times as fast,
 * and a process that meets no mistake never builds that parser. Returns `undefined` if anything is wrong; the
 * grammar's parser then reports it.
 *
 * `read-ast.test.ts` checks that both read the same.
 *
 * @param referenceDocs whether every comment is documentation, as in the reference implementation
 */
export function readAst(file: SourceFile, referenceDocs: boolean): ast.Ast | undefined {
  try {
    return readFile(new AstReader(file, referenceDocs));
  } catch (error) {
    if (error === MISTAKE) return undefined;
    throw error;
  }
}

function readFile(reader: AstReader): ast.Ast {
  const { file } = reader;
  const items: ast.TopLevelItem[] = [];
  const packages: ast.PackageBlock[] = [];
  let header: ast.PackageHeader | undefined;
  for (let isFirst = true; reader.kind !== k.END; isFirst = false) {
    const docs = reader.docs();
    if (reader.kind !== k.PACKAGE) {
      items.push(readTopLevelItem(reader, docs));
      continue;
    }
    const { start } = reader;
    reader.advance();
    const name = reader.packageName();
    const described = docs === undefined ? { name } : { name, docs };
    if (reader.at(k.LBRACE)) {
      const inner = readNested(reader);
      packages.push({ ...described, span: reader.since(start), items: inner });
    } else {
      if (!isFirst) throw MISTAKE;
      reader.expect(k.SEMICOLON);
      header = { ...described, span: reader.since(start) };
    }
  }
  return header === undefined ? { file, items, packages } : { file, items, packages, header };
}

function readNested(reader: AstReader): ast.TopLevelItem[] {
  const items: ast.TopLevelItem[] = [];
  reader.expect(k.LBRACE);
  while (reader.kind !== k.RBRACE) items.push(readTopLevelItem(reader, reader.docs()));
  reader.advance();
  return items;
}

function readTopLevelItem(reader: AstReader, docs: ast.DocsNode | undefined): ast.TopLevelItem {
  const { start } = reader;
  const attributes = reader.attributes();
  const item = docs === undefined ? { attributes } : { attributes, docs };
  switch (reader.kind) {
    case k.INTERFACE: {
      reader.advance();
      const name = reader.ident();
      const members = readInterfaceBody(reader);
      return { tag: 'interface', ...item, span: reader.since(start), name, members };
    }
    case k.WORLD: {
      reader.advance();
      const name = reader.ident();
      const members = readWorldBody(reader);
      return { tag: 'world', ...item, span: reader.since(start), name, members };
    }
    case k.USE: {
      reader.advance();
      const path = reader.path();
      const as = reader.accept(k.AS) ? { as: reader.ident() } : undefined;
      reader.expect(k.SEMICOLON);
      return { tag: 'use', ...item, span: reader.since(start), path, ...as };
    }
    default:
      throw MISTAKE;
  }
}

function readInterfaceBody(reader: AstReader): ast.InterfaceMember[] {
  reader.expect(k.LBRACE);
  const members: ast.InterfaceMember[] = [];
  while (reader.kind !== k.RBRACE) {
    const docs = reader.docs();
    const { start } = reader;
    const attributes = reader.attributes();
    if (reader.kind === k.USE) members.push(readUse(reader, start, attributes, docs));
    else if (startsDefinition(reader.kind)) members.push(readTypeDef(reader, start, attributes, docs));
    else members.push(readFunc(reader, start, attributes, docs));
  }
  reader.advance();
  return members;
}

function readWorldBody(reader: AstReader): ast.WorldMember[] {
  reader.expect(k.LBRACE);
  const members: ast.WorldMember[] = [];
  while (reader.kind !== k.RBRACE) {
    const docs = reader.docs();
    const { start } = reader;
    const attributes = reader.attributes();
    const { kind } = reader;
    if (kind === k.IMPORT || kind === k.EXPORT) {
      reader.advance();
      const direction = kind === k.IMPORT ? 'import' : 'export';
      const type = readExtern(reader);
      const item = docs === undefined ? { attributes } : { attributes, docs };
      members.push({ tag: 'extern', ...item, span: reader.since(start), direction, type });
    } else if (kind === k.USE) {
      members.push(readUse(reader, start, attributes, docs));
    } else if (kind === k.INCLUDE) {
      members.push(readInclude(reader, start, attributes, docs));
    } else if (startsDefinition(kind)) {
      members.push(readTypeDef(reader, start, attributes, docs));
    } else {
      throw MISTAKE;
    }
  }
  reader.advance();
  return members;
}

function readUse(
  reader: AstReader,
  start: number,
  attributes: readonly ast.Attribute[],
  docs: ast.DocsNode | undefined,
): ast.UseNode {
  reader.advance();
  const path = reader.path();
  reader.expect(k.DOT);
  const names = readList(reader, readUseName);
  reader.expect(k.SEMICOLON);
  const item = docs === undefined ? { attributes } : { attributes, docs };
  return { tag: 'use-types', ...item, span: reader.since(start), path, names };
}

function readUseName(reader: AstReader): ast.RenamedNode {
  const name = reader.ident();
  return reader.accept(k.AS) ? { name, as: reader.ident() } : { name };
}

function readInclude(
  reader: AstReader,
  start: number,
  attributes: readonly ast.Attribute[],
  docs: ast.DocsNode | undefined,
): ast.IncludeNode {
  reader.advance();
  const path = reader.path();
  let names: ast.RenamedNode[] = [];
  if (reader.accept(k.WITH)) names = readList(reader, readIncludeName);
  else reader.expect(k.SEMICOLON);
  const item = docs === undefined ? { attributes } : { attributes, docs };
  return { tag: 'include', ...item, span: reader.since(start), path, names };
}

function readIncludeName(reader: AstReader): ast.RenamedNode {
  const name = reader.ident();
  reader.expect(k.AS);
  return { name, as: reader.ident() };
}

function readExtern(reader: AstReader): ast.ExternTypeNode {
  const { start, before } = reader;
  if (!isLabel(reader)) {
    reader.rewind(start, before);
    const path = reader.path();
    reader.expect(k.SEMICOLON);
    return { tag: 'path', path };
  }
  reader.rewind(start, before);
  const name = reader.ident();
  reader.expect(k.COLON);
  if (reader.accept(k.INTERFACE)) return { tag: 'interface', name, members: readInterfaceBody(reader) };
  if (reader.kind === k.NAME) {
    const path = reader.path();
    reader.expect(k.SEMICOLON);
    return { tag: 'path', name, path };
  }
  const func = readFuncType(reader);
  reader.expect(k.SEMICOLON);
  return { tag: 'func', name, func };
}

/**
 * Whether a name is a label and not the start of a path (`WIT.md`, "Item: `world`"): a path continues with a slash,
 * and `a:b` without a space is one name.
 */
function isLabel(reader: AstReader): boolean {
  const { end } = reader;
  reader.expect(k.NAME);
  const colon = reader.start;
  if (!reader.accept(k.COLON)) return false;
  const isOneName = end === colon && colon + 1 === reader.start;
  if (!reader.accept(k.NAME)) return true;
  return !reader.at(k.SLASH) && (reader.at(k.COLON) || !isOneName);
}
