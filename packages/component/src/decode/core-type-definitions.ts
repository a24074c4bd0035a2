import type { CoreFuncType, CoreModuleDeclaration, CoreType } from '../ast.ts';
import { hex, type ByteReader } from './byte-reader.ts';
import { coreExternType, coreValType } from './core-types.ts';

function coreFuncType(reader: ByteReader): CoreFuncType {
  return { params: reader.vec(coreValType), results: reader.vec(coreValType) };
}

/** `core:type`: where a component defines one, and in the declarations of types. */
export function coreType(reader: ByteReader): CoreType {
  const start = reader.position;
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
      subTypeRest(reader);
      return { tag: 'other', bytes: reader.bytes.subarray(start, reader.position), count: 1 };
    case 0x4e: {
      reader.byte();
      const count = reader.vec(subType).length;
      return { tag: 'other', bytes: reader.bytes.subarray(start, reader.position), count };
    }
    default:
      subType(reader);
      return { tag: 'other', bytes: reader.bytes.subarray(start, reader.position), count: 1 };
  }
}

/** Returns the function type, or `undefined` for a type of another kind. */
export function subType(reader: ByteReader): CoreFuncType | undefined {
  const opcode = reader.peek();
  if (opcode !== 0x50 && opcode !== 0x4f) return compType(reader);
  reader.byte();
  return subTypeRest(reader);
}

function subTypeRest(reader: ByteReader): CoreFuncType | undefined {
  reader.vec((inner) => inner.u32());
  return compType(reader);
}

function compType(reader: ByteReader): CoreFuncType | undefined {
  const start = reader.position;
  let opcode = reader.byte();
  if (opcode === 0x65) opcode = reader.byte();
  switch (opcode) {
    case 0x60:
      return coreFuncType(reader);
    case 0x5f:
      reader.vec(fieldType);
      return undefined;
    case 0x5e:
      fieldType(reader);
      return undefined;
    default:
      return reader.fail(`${hex(opcode)} is not the opcode of a core type`, start);
  }
}

function fieldType(reader: ByteReader): void {
  const packed = reader.peek() === 0x78 || reader.peek() === 0x77;
  if (packed) reader.byte();
  else coreValType(reader);
  reader.flag('the mutability of a field');
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
