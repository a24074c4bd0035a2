import type { Keys, Member } from '@wit-ts/mapping';
import type { ModuleRef, PlanExport } from '@wit-ts/plan';
import { exportedClass } from './exported-class.ts';
import type { Instantiation } from './instantiation.ts';
import { moduleBytes } from './module-bytes.ts';
import { exportSurfaceOf } from './plan-surface.ts';

/** What `instantiate` returns to a caller without bindings. */
// oxlint-disable-next-line typescript/no-explicit-any -- without bindings nothing is known of the exports
export type ComponentExports = Record<string, any>;

/** Makes the exports of a component, as its surface says. */
export function exportsOf(
  instantiation: Instantiation,
  exports: ReadonlyMap<string, PlanExport>,
): ComponentExports {
  return objectOf(instantiation, exportSurfaceOf(exports), '', new Map());
}

/** Objects of instances that are made already: one instance may be exported under many names. */
type MadeObjects = Map<readonly Member<PlanExport>[], ComponentExports>;

/** @param scope the name of the interface; empty for the world */
function objectOf(
  instantiation: Instantiation,
  members: readonly Member<PlanExport>[],
  scope: string,
  made: MadeObjects,
): ComponentExports {
  const object: ComponentExports = {};
  for (const member of members) {
    const { name, keys } = member;
    switch (member.tag) {
      case 'function':
        define(object, keys, instantiation.exported(member.item.func, 'function', name, scope));
        break;
      case 'class': {
        const value = exportedClass(instantiation, member, scope);
        if (value !== undefined) define(object, keys, value);
        break;
      }
      case 'object': {
        let inner = made.get(member.members);
        if (inner === undefined) {
          inner = objectOf(instantiation, member.members, name, made);
          made.set(member.members, inner);
        }
        define(object, keys, inner);
        break;
      }
      case 'value': {
        const { item } = member;
        if (item.tag === 'module') define(object, keys, exportedModule(instantiation, item.module));
        else defineLate(object, keys, () => instantiation.component.linking!.exported(item, instantiation));
        break;
      }
    }
  }
  return Object.freeze(object);
}

function exportedModule(instantiation: Instantiation, ref: ModuleRef): WebAssembly.Module {
  const module = instantiation.module(ref);
  if (ref.tag === 'module') moduleBytes.set(module, instantiation.component.plan.modules[ref.index]!);
  return module;
}

/** Made when it is read: few callers read the components that an instance exports. */
function defineLate(object: object, keys: Keys, make: () => unknown): void {
  let made: unknown;
  for (const key of keys)
    Object.defineProperty(object, key, { get: () => (made ??= make()), enumerable: true });
}

/** Defines own properties, whatever their names: an assignment to `__proto__` would set a prototype. */
function define(object: object, keys: Keys, value: unknown): void {
  for (const key of keys) Object.defineProperty(object, key, { value, enumerable: true });
}
