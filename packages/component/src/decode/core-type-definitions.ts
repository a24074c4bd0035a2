import type { CoreFuncType, CoreModuleDeclaration, CoreSubType, CoreType, CoreValType } from '../ast.ts';
import type { ByteReader } from './byte-reader.ts';
import { hex } from './hex.ts';
import { coreExternType, coreValType } from './core-types.ts';

function coreFuncType(reader: ByteReader): CoreFuncType {
  return { params: reader.vec(coreValType), results: reader.vec(coreValType) };
}

/** `core:type`: where a component defines one, and in the declarations of types. */
export function coreType(reader: ByteReader): CoreType {
  switch (reader.peek()) {
    case 0x60:
      reader.byte();
      return { tag: 'func', ...coreFuncType(reader) };
    case 0x50:
      reader.byte();
      return { tag: 'module', declarations: reader.nested(() => reader.vec(moduleDeclaration)) };
    case 0x00:
      // A non-final `sub` needs this prefix here, because its own opcode means a module type.
      reader.byte();
      reader.expect(0x50, 'after the prefix 0x00 of a core type');
      return { tag: 'other', types: [subTypeRest(reader)] };
    case 0x4e:
      reader.byte();
      return { tag: 'other', types: reader.vec(subType) };
    default:
      return { tag: 'other', types: [subType(reader)] };
  }
}

export function subType(reader: ByteReader): CoreSubType {
  const opcode = reader.peek();
  if (opcode !== 0x50 && opcode !== 0x4f) return compType(reader, []);
  reader.byte();
  return subTypeRest(reader);
}

function subTypeRest(reader: ByteReader): CoreSubType {
  return compType(
    reader,
    reader.vec((inner) => inner.u32()),
  );
}

function compType(reader: ByteReader, supertypes: readonly number[]): CoreSubType {
  const start = reader.position;
  let opcode = reader.byte();
  const shared = opcode === 0x65 ? ({ shared: true } as const) : {};
  if (opcode === 0x65) opcode = reader.byte();
  switch (opcode) {
    case 0x60:
      return { tag: 'func', supertypes, ...shared, ...coreFuncType(reader) };
    case 0x5f:
      return { tag: 'struct', supertypes, ...shared, fields: reader.vec(fieldType) };
    case 0x5e:
      return { tag: 'array', supertypes, ...shared, fields: [fieldType(reader)] };
    default:
      return reader.fail(`${hex(opcode)} is not the opcode of a core type`, start);
  }
}

function fieldType(reader: ByteReader): CoreValType {
  const packed = reader.peek() === 0x78 || reader.peek() === 0x77;
  const type = packed ? `i${reader.byte() === 0x78 ? 8 : 16}` : coreValType(reader);
  reader.flag('the mutability of a field');
  return type;
}

function moduleDeclaration(reader: ByteReader): CoreModuleDeclaration {
  const start = reader.position;
  const opcode = reader.byte();
  switch (opcode) {
    case 0x00:
      return { tag: 'import', module: reader.name(), name: reader.name(), type: coreExternType(reader) };
    case 0x01:
      return { tag: 'type', type: coreType(reader) };
    case 0x02:
      reader.expect(0x10, 'for the sort `type` in an alias of a module type');
      reader.expect(0x01, 'for an outer alias in a module type');
      return { tag: 'alias', count: reader.u32(), index: reader.u32() };
    case 0x03:
      return { tag: 'export', name: reader.name(), type: coreExternType(reader) };
    default:
      return reader.fail(`${hex(opcode)} is not the opcode of a declaration in a module type`, start);
  }
}
