import { MAX_NESTING } from '@wit-ts/grammar/limits';
import type { PrimitiveType } from '@wit-ts/model';
import type * as ast from '../ast/ast.ts';
import * as k from './token-kinds.ts';
import type { AstReader } from './ast-reader.ts';
import { MISTAKE } from './scanner.ts';

export function readType(reader: AstReader): ast.TypeNode {
  const { file, kind, start, end } = reader;
  if (kind === k.PRIMITIVE) {
    const name = reader.keyword as PrimitiveType;
    reader.advance();
    return { tag: 'primitive', name, span: { file, start, end } };
  }
  if (kind === k.NAME) {
    const name = reader.ident();
    return { tag: 'name', name, span: name.span };
  }
  reader.depth += 1;
  if (reader.depth >= MAX_NESTING) throw MISTAKE;
  reader.advance();
  const type = readCompound(reader, kind, start);
  reader.depth -= 1;
  return type;
}

/** Reads a type with parameters, after its keyword. */
function readCompound(reader: AstReader, kind: number, start: number): ast.TypeNode {
  switch (kind) {
    case k.LIST:
      return readList(reader, start);
    case k.OPTION: {
      reader.expect(k.LANGLE);
      const type = readType(reader);
      reader.expect(k.RANGLE);
      return { tag: 'option', type, span: reader.since(start) };
    }
    case k.RESULT:
      return readResult(reader, start);
    case k.TUPLE: {
      reader.expect(k.LANGLE);
      const types: ast.TypeNode[] = [];
      while (reader.kind !== k.RANGLE) {
        types.push(readType(reader));
        if (!reader.accept(k.COMMA)) break;
      }
      reader.expect(k.RANGLE);
      return { tag: 'tuple', types: types.slice(), span: reader.since(start) };
    }
    case k.MAP: {
      reader.expect(k.LANGLE);
      const key = readType(reader);
      reader.expect(k.COMMA);
      const value = readType(reader);
      reader.expect(k.RANGLE);
      return { tag: 'map', key, value, span: reader.since(start) };
    }
    case k.FUTURE:
    case k.STREAM: {
      const tag = kind === k.FUTURE ? 'future' : 'stream';
      if (!reader.accept(k.LANGLE)) return { tag, span: reader.since(start) };
      const payload = readType(reader);
      reader.expect(k.RANGLE);
      return { tag, payload, span: reader.since(start) };
    }
    case k.OWN:
    case k.BORROW: {
      reader.expect(k.LANGLE);
      const resource = reader.ident();
      reader.expect(k.RANGLE);
      return { tag: kind === k.OWN ? 'own' : 'borrow', resource, span: reader.since(start) };
    }
    default:
      throw MISTAKE;
  }
}

function readList(reader: AstReader, start: number): ast.TypeNode {
  reader.expect(k.LANGLE);
  const element = readType(reader);
  if (!reader.accept(k.COMMA)) {
    reader.expect(k.RANGLE);
    return { tag: 'list', element, span: reader.since(start) };
  }
  const value = Number(reader.text.slice(reader.start, reader.end));
  const from = reader.start;
  reader.expect(k.INTEGER);
  const length = { value, span: reader.since(from) };
  reader.expect(k.RANGLE);
  return { tag: 'list', element, length, span: reader.since(start) };
}

function readResult(reader: AstReader, start: number): ast.TypeNode {
  if (!reader.accept(k.LANGLE)) return { tag: 'result', span: reader.since(start) };
  if (reader.accept(k.UNDERSCORE)) {
    reader.expect(k.COMMA);
    const err = readType(reader);
    reader.expect(k.RANGLE);
    return { tag: 'result', err, span: reader.since(start) };
  }
  const ok = readType(reader);
  if (!reader.accept(k.COMMA)) {
    reader.expect(k.RANGLE);
    return { tag: 'result', ok, span: reader.since(start) };
  }
  const err = readType(reader);
  reader.expect(k.RANGLE);
  return { tag: 'result', ok, err, span: reader.since(start) };
}
