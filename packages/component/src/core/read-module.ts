import type { CoreExternType, CoreFuncType } from '../ast.ts';
import { coreExternType, readGlobalType, readLimits, tableType, tagType } from '../decode/core-types.ts';
import { subType } from '../decode/core-type-definitions.ts';
import type { ByteReader } from '../decode/byte-reader.ts';
import { ExplainingReader } from '../decode/explaining-reader.ts';
import { hex } from '../decode/hex.ts';
import { skipConstantExpression } from './constant-expression.ts';
import { type CoreItem, coreItem, type DefinedModuleType, type ModuleType } from './module-type.ts';

/**
 * Reads as much of a core module as the types of its imports and exports need. Function bodies, data and elements are
 * skipped; the engine validates them.
 *
 * @param base the offset of the module in the outermost bytes, for error messages
 */
export function readModuleType(bytes: Uint8Array, base: number): DefinedModuleType {
  const reader = new ExplainingReader(bytes, base);
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
          reader.vec(() => define({ tag: 'memory', limits: readLimits(reader) }));
          return;
        case 6:
          reader.vec(() => {
            define({ tag: 'global', ...readGlobalType(reader) });
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
    const space = EXPORT_SORTS[sort] ?? reader.fail(`${hex(sort)} is not a sort of core export`, offset);
    const item =
      spaces[space][index] ??
      reader.fail(`the core export \`${name}\` refers to a ${space} that does not exist`, offset);
    items.set(name, item);
  }
  return { imports, exports: items, hasTags: spaces.tag.length > 0 };
}

const EXPORT_SORTS = ['func', 'table', 'memory', 'global', 'tag'] as const;

function definedTable(reader: ByteReader): CoreExternType {
  if (reader.peek() !== 0x40) return { tag: 'table', ...tableType(reader) };
  reader.byte();
  reader.expect(0x00, 'after 0x40 in a table with an initial value');
  const type = tableType(reader);
  skipConstantExpression(reader);
  return { tag: 'table', ...type };
}

/** An entry of a core module's type section: the function types it adds, holes for types of other kinds. */
function coreFuncTypes(reader: ByteReader): (CoreFuncType | undefined)[] {
  if (reader.peek() !== 0x4e) return [coreFuncType(reader)];
  reader.byte();
  return reader.vec(coreFuncType);
}

function coreFuncType(reader: ByteReader): CoreFuncType | undefined {
  const type = subType(reader);
  return type.tag === 'func' ? { params: type.params, results: type.results } : undefined;
}
