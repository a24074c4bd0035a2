import type { Component, CoreItem } from '@wit-ts/component';
import { type ModuleType, moduleTypes } from '@wit-ts/component/linking';
import { plan, type Plan, type PlanExport } from '@wit-ts/plan';
import { typedFunction, typedModuleBytes } from '@wit-ts/runtime/static-module';
import type { ImportedModuleType } from './support/given-module.ts';

/** Why a component that imports or exports components is refused. */
const HIGHER_ORDER =
  'the component imports or exports components, and a static module can do neither: compose it with the components ' +
  'that it needs (`wac plug`), or run it with `instantiate` of `@wit-ts/runtime`';

/**
 * Plans a component. It may import and export core modules.
 *
 * @throws TypeError when it imports or exports components
 */
export function staticPlan(component: Component): Plan {
  const flat = plan(component);
  if (flat.higherOrder !== true) return flat;
  if (flat.imports.some(({ item }) => item.tag === 'component') || exportsComponents(flat.exports))
    throw new TypeError(HIGHER_ORDER);
  const types = moduleTypes({ component });
  return plan(component, () => ({
    enclosing: undefined,
    component: () => undefined,
    addressType: ({ path }, memory) => addressOf(types.get(JSON.stringify(path))?.exports.get(memory)),
  }));
}

function exportsComponents(exports: ReadonlyMap<string, PlanExport>): boolean {
  // Instances inside instances may be many, and share parts. What is added to a set while it is iterated is visited.
  const all = new Set([exports]);
  for (const each of all) {
    for (const item of each.values()) {
      if (item.tag === 'component' || (item.tag === 'none' && item.component === true)) return true;
      if (item.tag === 'instance') all.add(item.exports);
    }
  }
  return false;
}

function addressOf(item: CoreItem | undefined): 'i32' | 'i64' {
  return item?.tag === 'memory' && item.limits.memory64 ? 'i64' : 'i32';
}

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
