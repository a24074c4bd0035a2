import type { HostFunction } from '@wit-ts/abi';
import type { ClassMember } from '@wit-ts/mapping';
import type { PlanExport } from '@wit-ts/plan';
import type { Instantiation } from './instantiation.ts';

/**
 * Returns the class of a resource that a component exports, with its functions.
 *
 * A resource of the host that the component exports again has the class that the host gave, or none if it gave none.
 *
 * @param scope the name of the interface; empty for the world
 */
export function exportedClass(
  instantiation: Instantiation,
  { item, keys, functions }: ClassMember<PlanExport>,
  scope: string,
): object | undefined {
  if (item === undefined) return undefined;
  const type = instantiation.resource(item.resource);
  if (type.implementer === undefined) return type.hostClass;
  const made = instantiation.guestClass(item.resource, keys[0]);
  for (const { name, style, keys: memberKeys, item: exported } of functions) {
    const use = style === 'method' ? 'method' : 'function';
    const lifted = instantiation.exported(exported.func, use, name, scope);
    if (style === 'constructor') type.construct = lifted;
    else
      define(style === 'static' ? made : (Reflect.get(made, 'prototype') as object), memberKeys[0], lifted);
  }
  return made;
}

function define(target: object, name: string, value: HostFunction): void {
  Object.defineProperty(target, name, { value, writable: true, configurable: true });
}
