import { camelCase, NameClaims } from '@wit-ts/mapping';
import type { ModuleRef, PlanExport } from '@wit-ts/plan';
import type { Instantiation } from './instantiation.ts';
import { moduleBytes } from './module-bytes.ts';
import { ResourceClasses } from './resource-classes.ts';

/** What `instantiate` gives where no bindings say more. */
// oxlint-disable-next-line typescript/no-explicit-any -- without bindings nothing is known of the exports
export type ComponentExports = Record<string, any>;

/** The exports of a component as a host sees them. */
export function exportsOf(
  instantiation: Instantiation,
  exports: ReadonlyMap<string, PlanExport>,
): ComponentExports {
  const nested: Nested = new Map();
  const root = itemsOf(instantiation, exports, '', nested);
  const shorts = new Map<string, object | undefined>();
  for (const [name, item] of exports) {
    if (item.tag !== 'instance') continue;
    const value = itemsOf(instantiation, item.exports, name, nested);
    define(root, Object.hasOwn(root, name) ? `${name}$1` : name, value);
    const short = shortName(name);
    // Two interfaces of one short name: neither has it, as neither has more right to it.
    shorts.set(short, shorts.has(short) ? undefined : value);
  }
  for (const [short, value] of shorts) {
    if (value !== undefined && !Object.hasOwn(root, short)) define(root, short, value);
  }
  return Object.freeze(root);
}

/** Instances in instances, each made once however many export it. */
type Nested = Map<ReadonlyMap<string, PlanExport>, ComponentExports>;

function itemsOf(
  instantiation: Instantiation,
  exports: ReadonlyMap<string, PlanExport>,
  scope: string,
  nested: Nested,
): ComponentExports {
  const object: ComponentExports = {};
  const isRoot = scope === '';
  // `await instantiate(…)` would take an object with a `then` for a promise, and call the component.
  const names = new NameClaims(isRoot ? ['then'] : []);
  const classes = new ResourceClasses(instantiation, exports, scope);
  for (const [name, made] of classes) define(object, name, made);
  for (const [name, item] of exports) {
    const key = (): string => names.claim(camelCase(name));
    if (item.tag === 'func') {
      if (!classes.add(name, item))
        define(object, key(), instantiation.exported(item.func, 'function', name, scope));
    } else if (item.tag === 'module') {
      define(object, key(), exportedModule(instantiation, item.module));
    } else if (item.tag === 'component') {
      defineLate(object, key(), () => instantiation.component.linking!.exported(item, instantiation));
    } else if (item.tag === 'instance' && !isRoot) {
      let inner = nested.get(item.exports);
      if (inner === undefined) {
        inner = Object.freeze(itemsOf(instantiation, item.exports, name, nested));
        nested.set(item.exports, inner);
      }
      define(object, key(), inner);
    }
  }
  return object;
}

function exportedModule(instantiation: Instantiation, ref: ModuleRef): WebAssembly.Module {
  const module = instantiation.module(ref);
  if (ref.tag === 'module') moduleBytes.set(module, instantiation.component.plan.modules[ref.index]!);
  return module;
}

/** `api` of `example:service/api@1.0.0`, and of a plain name the name. */
function shortName(name: string): string {
  const [path = ''] = name.split('@');
  return camelCase(path.slice(path.indexOf('/') + 1));
}

/** Made when it is asked for: few instances are asked for their components. */
function defineLate(object: object, key: string, make: () => unknown): void {
  let made: unknown;
  Object.defineProperty(object, key, { get: () => (made ??= make()), enumerable: true });
}

/** As an own property whatever the name: an assignment to `__proto__` would set a prototype. */
function define(object: object, key: string, value: unknown): void {
  Object.defineProperty(object, key, { value, enumerable: true });
}
