import { ownProperties } from '@wit-ts/model';
import type { PrimitiveType } from '@wit-ts/model';
import type {
  Alias,
  CoreSort,
  CoreValType,
  Declaration,
  DefType,
  ExternType,
  LabelValType,
  Sort,
  ValType,
} from '../ast.ts';
import { readExternName, sort } from './names.ts';
import type { ByteReader } from './byte-reader.ts';

/** The primitive types, by opcode downwards from 0x7f. */
const PRIMITIVES = [
  'bool',
  's8',
  'u8',
  's16',
  'u16',
  's32',
  'u32',
  's64',
  'u64',
  'f32',
  'f64',
  'char',
  'string',
] as const satisfies readonly PrimitiveType[];

function primitiveOf(opcode: number): PrimitiveType | undefined {
  return opcode === 0x64 ? 'error-context' : PRIMITIVES[0x7f - opcode];
}

/** A primitive's opcode or a type index: opcodes are the negative numbers of one SLEB128 byte. */
export function valType(reader: ByteReader): ValType {
  const opcode = reader.peek();
  if ((opcode & 0xc0) !== 0x40) return reader.s33Index();
  const primitive = primitiveOf(opcode);
  if (primitive === undefined) reader.fault('unknown-value-type', reader.position, opcode);
  reader.byte();
  return primitive;
}

function label(reader: ByteReader): string {
  return reader.name();
}

function labelValType(reader: ByteReader): LabelValType {
  return { name: label(reader), type: valType(reader) };
}

function variantCase(reader: ByteReader): { name: string; type?: ValType } {
  const name = label(reader);
  const type = reader.optional(valType);
  reader.expect(0x00, 'at the end of a variant case');
  return ownProperties({ name, type });
}

/** `resultlist` */
export function resultList(reader: ByteReader): ValType | undefined {
  if (!reader.flag('a list of results')) return valType(reader);
  reader.expect(0x00, 'for an empty list of results');
  return undefined;
}

/** Reads the representation of a resource. All but `i32` are rare. */
function representation(reader: ByteReader): CoreValType {
  if (reader.peek() !== I32) return reader.forRareDefinition().coreValType(reader);
  reader.byte();
  return 'i32';
}

const I32 = 0x7f;

/** `deftype` */
export function defType(reader: ByteReader): DefType {
  const start = reader.position;
  const opcode = reader.byte();
  switch (opcode) {
    case 0x72:
      return { tag: 'record', fields: reader.vec(labelValType) };
    case 0x71:
      return { tag: 'variant', cases: reader.vec(variantCase) };
    case 0x70:
      return { tag: 'list', element: valType(reader) };
    case 0x67:
      return { tag: 'fixed-length-list', element: valType(reader), length: reader.u32() };
    case 0x6f:
      return { tag: 'tuple', types: reader.vec(valType) };
    case 0x6e:
      return { tag: 'flags', names: reader.vec(label) };
    case 0x6d:
      return { tag: 'enum', names: reader.vec(label) };
    case 0x6b:
      return { tag: 'option', type: valType(reader) };
    case 0x6a: {
      const ok = reader.optional(valType);
      const err = reader.optional(valType);
      return ownProperties({
        tag: 'result',
        ok,
        err,
      });
    }
    case 0x69:
      return { tag: 'own', resource: reader.u32() };
    case 0x68:
      return { tag: 'borrow', resource: reader.u32() };
    case 0x66:
    case 0x65: {
      const payload = reader.optional(valType);
      return ownProperties({
        tag: opcode === 0x66 ? 'stream' : 'future',
        payload,
      });
    }
    case 0x63:
      return { tag: 'map', key: valType(reader), value: valType(reader) };
    case 0x40:
    case 0x43: {
      const params = reader.vec(labelValType);
      const result = resultList(reader);
      return ownProperties({
        tag: 'func',
        async: opcode === 0x43,
        params,
        result,
      });
    }
    case 0x41:
      return { tag: 'component', declarations: reader.nested(() => reader.vec(componentDeclaration)) };
    case 0x42:
      return { tag: 'instance', declarations: reader.nested(() => reader.vec(instanceDeclaration)) };
    case 0x3f: {
      const rep = representation(reader);
      const destructor = reader.optional((inner) => inner.u32());
      return ownProperties({ tag: 'resource', rep, destructor });
    }
    default: {
      const type = primitiveOf(opcode);
      return type === undefined ? reader.fault('unknown-type', start, opcode) : { tag: 'primitive', type };
    }
  }
}

function componentDeclaration(reader: ByteReader): Declaration {
  if (reader.peek() !== 0x03) return instanceDeclaration(reader);
  const offset = reader.position;
  reader.byte();
  return { tag: 'import', offset, name: readExternName(reader), type: externType(reader) };
}

function instanceDeclaration(reader: ByteReader): Declaration {
  const offset = reader.position;
  const opcode = reader.byte();
  switch (opcode) {
    case 0x00:
      return { tag: 'core-type', offset, type: reader.forRareDefinition().coreType(reader) };
    case 0x01:
      return { tag: 'type', offset, type: defType(reader) };
    case 0x02:
      return { tag: 'alias', offset, alias: alias(reader) };
    case 0x04:
      return { tag: 'export', offset, name: readExternName(reader), type: externType(reader) };
    case 0x03:
      return reader.fault('import-in-instance', offset);
    default:
      return reader.fault('unknown-declaration', offset, opcode);
  }
}

export function alias(reader: ByteReader): Alias {
  const start = reader.position;
  const of = sort(reader);
  const target = reader.byte();
  switch (target) {
    case 0x00:
      return { tag: 'export', sort: of, instance: reader.u32(), name: reader.name() };
    case 0x01:
      if (!of.startsWith('core ')) reader.fault('not-a-core-export', start, of);
      return {
        tag: 'core-export',
        sort: of.slice(5) as CoreSort,
        instance: reader.u32(),
        name: reader.name(),
      };
    case 0x02:
      return { tag: 'outer', sort: of, count: reader.u32(), index: reader.u32() };
    default:
      return reader.fault('unknown-alias', reader.position - 1, target);
  }
}

export function externType(reader: ByteReader): ExternType {
  const start = reader.position;
  const of: Sort = sort(reader);
  switch (of) {
    case 'func':
    case 'component':
    case 'instance':
      return { tag: of, type: reader.u32() };
    case 'core module':
    case 'value':
      return reader.forRareDefinition().externType(reader, of);
    case 'type':
      return reader.flag('the bound of a type')
        ? { tag: 'type', bound: { tag: 'sub-resource' } }
        : { tag: 'type', bound: { tag: 'eq', type: reader.u32() } };
    default:
      return reader.fault('not-external', start, of);
  }
}
