import type { CoreFuncType, CoreType } from '../ast.ts';
import { type CoreItem, coreItem, type ModuleType } from '../core/module-type.ts';
import { readModuleType } from '../core/read-module.ts';
import { DecodeError } from '../decode-error.ts';
import type { ModuleNode } from './nodes.ts';

const known = new WeakMap<Uint8Array, ModuleType | DecodeError>();

/** Returns the imports and exports of a core module or a module type, or the error when a module's bytes are faulty. */
export function moduleTypeOf(node: ModuleNode): ModuleType | DecodeError {
  if (node.tag === 'type') return declaredModule(node);
  let type = known.get(node.bytes);
  if (type === undefined) {
    type = fromBytes(node.bytes, node.offset);
    known.set(node.bytes, type);
  }
  return type;
}

function fromBytes(bytes: Uint8Array, offset: number): ModuleType | DecodeError {
  try {
    return readModuleType(bytes, offset);
  } catch (error) {
    if (error instanceof DecodeError) return error;
    throw error;
  }
}

function declaredModule(node: Extract<ModuleNode, { tag: 'type' }>): ModuleType {
  const types: (CoreFuncType | undefined)[] = [];
  const imports: ModuleType['imports'][number][] = [];
  const exports = new Map<string, CoreItem>();
  for (const declaration of node.type.declarations) {
    switch (declaration.tag) {
      case 'type':
        pushCoreType(declaration.type, types);
        break;
      case 'alias': {
        const from = declaration.count === 0 ? undefined : node.enclosing.outer(declaration.count - 1);
        const type = from?.coreType(declaration.index)?.type;
        types.push(type?.tag === 'func' ? type : undefined);
        break;
      }
      case 'import':
        imports.push({
          module: declaration.module,
          name: declaration.name,
          item: coreItem(declaration.type, types),
        });
        break;
      case 'export':
        exports.set(declaration.name, coreItem(declaration.type, types));
    }
  }
  return { imports, exports };
}

function pushCoreType(type: CoreType, types: (CoreFuncType | undefined)[]): void {
  const count = type.tag === 'other' ? type.types.length : 1;
  for (let i = 0; i < count; i += 1) types.push(type.tag === 'func' ? type : undefined);
}
