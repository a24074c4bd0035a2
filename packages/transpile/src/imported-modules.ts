import type { Component, CoreItem } from '@wit-ts/component';
import { type ModuleType, moduleTypes } from '@wit-ts/component/linking';
import type { Plan } from '@wit-ts/plan';
import { typedFunction, typedModuleBytes } from '@wit-ts/runtime/static-module';
import type { ImportedModuleType } from './support/given-module.ts';

/** Returns the types of the core modules that a component imports, by the index of the import. */
export function importedModuleTypes(
  component: Component,
  { imports }: Plan,
): ReadonlyMap<number, ImportedModuleType> {
  if (!imports.some(({ item }) => item.tag === 'module')) return new Map();
  const types = moduleTypes({ component });
  return new Map(
    imports.flatMap(({ path, item }, index) => {
      const type = item.tag === 'module' ? types.get(JSON.stringify(path)) : undefined;
      return type === undefined ? [] : [[index, importedModuleType(path, type)] as const];
    }),
  );
}

function importedModuleType(path: readonly string[], { imports, exports }: ModuleType): ImportedModuleType {
  const typed = imports.flatMap(({ module, name, item }) => typedFunction(module, name, item));
  const exporting = [...exports].flatMap(([name, item]) => typedFunction('', name, item));
  return {
    path,
    imports: imports.map(({ module, name, item }) => [module, name, kindOf(item)]),
    exports: [...exports].map(([name, item]) => [name, kindOf(item)]),
    typed: typed.map(({ module, name }) => [module, name]),
    ...(typed.length > 0 && { importing: base64(typedModuleBytes(typed)) }),
    ...(exporting.length > 0 && { exporting: base64(typedModuleBytes(exporting)) }),
  };
}

function kindOf({ tag }: CoreItem): string {
  return tag === 'func' ? 'function' : tag;
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
