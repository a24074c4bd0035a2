import type * as ast from '../ast/ast.ts';
import * as k from './token-kinds.ts';
import type { AstReader } from './ast-reader.ts';
import { readType } from './read-types.ts';
import { MISTAKE } from './scanner.ts';

/** Whether a token of this kind begins a type definition. */
export function startsDefinition(kind: number): boolean {
  switch (kind) {
    case k.TYPE:
    case k.RECORD:
    case k.FLAGS:
    case k.VARIANT:
    case k.ENUM:
    case k.RESOURCE:
      return true;
    default:
      return false;
  }
}

/** Reads a type definition. The other parameters belong to the item around it, whose attributes are already read. */
export function readTypeDef(
  reader: AstReader,
  start: number,
  attributes: readonly ast.Attribute[],
  docs: ast.DocsNode | undefined,
): ast.TypeDefNode {
  const { kind } = reader;
  reader.advance();
  const name = reader.ident();
  const definition = readDefinition(reader, kind);
  const span = reader.since(start);
  return docs === undefined
    ? { tag: 'type', attributes, span, name, definition }
    : { tag: 'type', attributes, docs, span, name, definition };
}

function readDefinition(reader: AstReader, kind: number): ast.Definition {
  switch (kind) {
    case k.TYPE: {
      reader.expect(k.EQUALS);
      const type = readType(reader);
      reader.expect(k.SEMICOLON);
      return { tag: 'alias', type };
    }
    case k.RECORD:
      return { tag: 'record', fields: readList(reader, readField) };
    case k.FLAGS:
      return { tag: 'flags', flags: readList(reader, readLabel) };
    case k.VARIANT:
      return { tag: 'variant', cases: readList(reader, readCase) };
    case k.ENUM:
      return { tag: 'enum', cases: readList(reader, readLabel) };
    default:
      return { tag: 'resource', methods: readMethods(reader) };
  }
}

/** `'{' (element (',' element)* ','?)? '}'` */
export function readList<T>(reader: AstReader, element: (reader: AstReader) => T): T[] {
  reader.expect(k.LBRACE);
  const elements: T[] = [];
  while (reader.kind !== k.RBRACE) {
    elements.push(element(reader));
    if (!reader.accept(k.COMMA)) break;
  }
  reader.expect(k.RBRACE);
  return withoutRoom(elements);
}

/**
 * Returns a copy of a list that was filled, or the list if it is empty. An array that grows has room for 17 elements,
 * and most lists are shorter: without the copy, a third of the memory of an AST would be such room.
 */
function withoutRoom<T>(list: T[]): T[] {
  return list.length === 0 ? list : list.slice();
}

function readField(reader: AstReader): ast.FieldNode {
  const docs = reader.docs();
  const name = reader.ident();
  reader.expect(k.COLON);
  const type = readType(reader);
  return docs === undefined ? { name, type } : { name, type, docs };
}

function readLabel(reader: AstReader): ast.LabelNode {
  const docs = reader.docs();
  const name = reader.ident();
  return docs === undefined ? { name } : { name, docs };
}

function readCase(reader: AstReader): ast.CaseNode {
  const docs = reader.docs();
  const name = reader.ident();
  if (!reader.accept(k.LPAREN)) return docs === undefined ? { name } : { name, docs };
  const type = readType(reader);
  reader.expect(k.RPAREN);
  return docs === undefined ? { name, type } : { name, type, docs };
}

function readMethods(reader: AstReader): ast.MethodNode[] {
  const methods: ast.MethodNode[] = [];
  if (reader.accept(k.SEMICOLON)) return methods;
  reader.expect(k.LBRACE);
  while (reader.kind !== k.RBRACE) methods.push(readMethod(reader));
  reader.advance();
  return methods;
}

function readMethod(reader: AstReader): ast.MethodNode {
  const docs = reader.docs();
  const { file, start } = reader;
  const attributes = reader.attributes();
  if (reader.kind === k.CONSTRUCTOR) {
    const from = reader.start;
    const name = { name: 'constructor', span: { file, start: from, end: reader.end } };
    reader.advance();
    const params = readParams(reader);
    const result = reader.accept(k.ARROW) ? readType(reader) : undefined;
    reader.expect(k.SEMICOLON);
    const func = funcType(false, params, result, reader.since(from));
    return method('constructor', attributes, docs, reader.since(start), name, func);
  }
  const name = reader.ident();
  reader.expect(k.COLON);
  const tag = reader.accept(k.STATIC) ? 'static' : 'method';
  const func = readFuncType(reader);
  reader.expect(k.SEMICOLON);
  return method(tag, attributes, docs, reader.since(start), name, func);
}

function method(
  tag: ast.MethodNode['tag'],
  attributes: readonly ast.Attribute[],
  docs: ast.DocsNode | undefined,
  span: ast.MethodNode['span'],
  name: ast.Ident,
  func: ast.FuncTypeNode,
): ast.MethodNode {
  return docs === undefined
    ? { tag, attributes, span, name, func }
    : { tag, attributes, docs, span, name, func };
}

export function readFuncType(reader: AstReader): ast.FuncTypeNode {
  const { start } = reader;
  const isAsync = reader.accept(k.ASYNC);
  reader.expect(k.FUNC);
  const params = readParams(reader);
  const result = reader.accept(k.ARROW) ? readType(reader) : undefined;
  return funcType(isAsync, params, result, reader.since(start));
}

function funcType(
  isAsync: boolean,
  params: readonly ast.ParamNode[],
  result: ast.TypeNode | undefined,
  span: ast.FuncTypeNode['span'],
): ast.FuncTypeNode {
  return result === undefined ? { async: isAsync, params, span } : { async: isAsync, params, result, span };
}

function readParams(reader: AstReader): readonly ast.ParamNode[] {
  reader.expect(k.LPAREN);
  const params: ast.ParamNode[] = [];
  while (reader.kind !== k.RPAREN) {
    const name = reader.ident();
    reader.expect(k.COLON);
    params.push({ name, type: readType(reader) });
    if (!reader.accept(k.COMMA)) break;
  }
  reader.expect(k.RPAREN);
  return withoutRoom(params);
}

/** Reads a function, the only member that begins with a name. */
export function readFunc(
  reader: AstReader,
  start: number,
  attributes: readonly ast.Attribute[],
  docs: ast.DocsNode | undefined,
): ast.FuncNode {
  if (reader.kind !== k.NAME) throw MISTAKE;
  const name = reader.ident();
  reader.expect(k.COLON);
  const func = readFuncType(reader);
  reader.expect(k.SEMICOLON);
  const span = reader.since(start);
  return docs === undefined
    ? { tag: 'func', attributes, span, name, func }
    : { tag: 'func', attributes, docs, span, name, func };
}
