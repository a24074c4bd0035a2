import type { CoreExternType, CoreFuncType } from '../ast.ts';
import {
  coreExternType,
  coreFuncTypes,
  globalType,
  limits,
  tableType,
  tagType,
} from '../decode/core-types.ts';
import { hex, Reader } from '../decode/reader.ts';
import { type CoreItem, coreItem, type ModuleType } from './module-type.ts';

/**
 * Reads as much of a core module as the types of its imports and exports need. Function bodies, data and elements are
 * skipped unread; whether they are valid is for the engine to say.
 *
 * @param base where the module stands in the outermost bytes, for offsets of errors
 */
export function readModuleType(bytes: Uint8Array, base: number): ModuleType {
  const reader = new Reader(bytes, base);
  reader.position = 8;
  const types: (CoreFuncType | undefined)[] = [];
  const imports: ModuleType['imports'][number][] = [];
  const exports: { name: string; sort: number; index: number; offset: number }[] = [];
  const spaces: Record<CoreExternType['tag'], CoreItem[]> = {
    func: [],
    table: [],
    memory: [],
    global: [],
    tag: [],
  };
  const define = (type: CoreExternType): void => {
    spaces[type.tag].push(coreItem(type, types));
  };
  while (!reader.atEnd) {
    const id = reader.byte();
    const size = reader.u32();
    reader.within(size, `section ${id} of a core module`, () => {
      switch (id) {
        case 1:
          reader.vec(() => {
            for (const type of coreFuncTypes(reader)) types.push(type);
          });
          return;
        case 2:
          reader.vec(() => {
            const module = reader.name();
            const name = reader.name();
            const type = coreExternType(reader);
            define(type);
            imports.push({ module, name, item: coreItem(type, types) });
          });
          return;
        case 3:
          reader.vec(() => define({ tag: 'func', type: reader.u32() }));
          return;
        case 4:
          reader.vec(() => define(definedTable(reader)));
          return;
        case 5:
          reader.vec(() => define({ tag: 'memory', limits: limits(reader) }));
          return;
        case 6:
          reader.vec(() => {
            define({ tag: 'global', ...globalType(reader) });
            skipConstantExpression(reader);
          });
          return;
        case 7:
          reader.vec(() => {
            const offset = reader.position;
            exports.push({ name: reader.name(), sort: reader.byte(), index: reader.u32(), offset });
          });
          return;
        case 13:
          reader.vec(() => define(tagType(reader)));
          return;
        default:
          reader.take(reader.end - reader.position);
      }
    });
  }
  const items = new Map<string, CoreItem>();
  for (const { name, sort, index, offset } of exports) {
    const space = EXPORT_SORTS[sort] ?? reader.fail(`${hex(sort)} is no sort of a core export`, offset);
    const item =
      spaces[space][index] ??
      reader.fail(`the core export \`${name}\` is of a ${space} that does not exist`, offset);
    items.set(name, item);
  }
  return { imports, exports: items };
}

const EXPORT_SORTS = ['func', 'table', 'memory', 'global', 'tag'] as const;

function definedTable(reader: Reader): CoreExternType {
  if (reader.peek() !== 0x40) return { tag: 'table', ...tableType(reader) };
  reader.byte();
  reader.expect(0x00, 'after 0x40 in a table with an initial value');
  const type = tableType(reader);
  skipConstantExpression(reader);
  return { tag: 'table', ...type };
}

/** Globals and tables carry their initial values inline, so these must be stepped over instruction by instruction. */
function skipConstantExpression(reader: Reader): void {
  for (;;) {
    const start = reader.position;
    const opcode = reader.byte();
    switch (opcode) {
      case 0x0b:
        return;
      case 0x41:
      case 0x42:
        skipLeb(reader);
        break;
      case 0x43:
        reader.take(4);
        break;
      case 0x44:
        reader.take(8);
        break;
      case 0x23:
      case 0xd2:
        reader.u32();
        break;
      case 0xd0:
        if ((reader.peek() & 0xc0) === 0x40) reader.byte();
        else reader.s33Index();
        break;
      case 0x6a:
      case 0x6b:
      case 0x6c:
      case 0x7c:
      case 0x7d:
      case 0x7e:
        break;
      case 0xfb:
        skipGcInstruction(reader);
        break;
      case 0xfd:
        if (reader.u32() !== 0x0c) reader.fail('this vector instruction is not constant', start);
        reader.take(16);
        break;
      default:
        reader.fail(`instruction ${hex(opcode)} is not constant`, start);
    }
  }
}

function skipGcInstruction(reader: Reader): void {
  const start = reader.position;
  const opcode = reader.u32();
  switch (opcode) {
    // struct.new, struct.new_default, array.new, array.new_default
    case 0:
    case 1:
    case 6:
    case 7:
      reader.u32();
      return;
    // array.new_fixed
    case 8:
      reader.u32();
      reader.u32();
      return;
    // any.convert_extern, extern.convert_any, ref.i31
    case 26:
    case 27:
    case 28:
      return;
    default:
      reader.fail(`instruction 0xfb ${opcode} is not constant`, start);
  }
}

function skipLeb(reader: Reader): void {
  const start = reader.position;
  while (reader.byte() >= 0x80) {
    if (reader.position - start >= 10) reader.fail('an integer is too long', start);
  }
}
