import type { CoreExternType, CoreFuncType } from '../ast.ts';

/** A core import or export with its function type resolved. */
export type CoreItem =
  /** Function types of WebAssembly 3.0 that are more than parameters and results are left to the engine. */
  | { readonly tag: 'func'; readonly type: CoreFuncType | undefined }
  | Extract<CoreExternType, { tag: 'table' | 'memory' | 'global' }>
  | { readonly tag: 'tag'; readonly type: CoreFuncType | undefined };

export interface ModuleType {
  readonly imports: readonly { readonly module: string; readonly name: string; readonly item: CoreItem }[];
  readonly exports: ReadonlyMap<string, CoreItem>;
}

/** The type of a module whose bytes are known, with a fact that its type does not contain. */
export interface DefinedModuleType extends ModuleType {
  /** Whether the module defines or imports exception tags. */
  readonly hasTags: boolean;
}

export function coreItem(type: CoreExternType, types: readonly (CoreFuncType | undefined)[]): CoreItem {
  return type.tag === 'func' || type.tag === 'tag' ? { tag: type.tag, type: types[type.type] } : type;
}
