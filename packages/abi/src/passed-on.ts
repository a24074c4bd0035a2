import { callOf, type MappingChoices, thrownResult } from '@wit-ts/mapping';
import { ownProperties, type Type, type TypeDef } from '@wit-ts/model';
import { mentionedTypes, resourcesOf } from '@wit-ts/model/layout';
import type { FuncType, HostFunction } from './engine.ts';
import { type PassedOnTable, passOn } from './helpers/pass-on.ts';
import type { TypeRef } from './helpers/describe.ts';
import type { ResourceType } from './resource-type.ts';
import { argumentPaths } from './values/argument-paths.ts';
import { TypeTableBuilder } from './values/type-table.ts';

/**
 * Makes the exported function for a function of the host that a component exports as it imported it. No Canonical ABI
 * is involved, so values are passed as they are. They must still fit the function's type, and the `err` of a result
 * is thrown as a `ComponentError`.
 *
 * @param call the host's function, as a function of all its arguments
 * @param resourceTypes returns an instance's resource types for the definitions that the function mentions
 */
export function passedOn(
  type: FuncType,
  name: string,
  call: (...args: readonly unknown[]) => unknown,
  resourceTypes: (definitions: readonly TypeDef[]) => readonly ResourceType[],
  mapping?: MappingChoices,
): HostFunction {
  return passOn(passedOnTable(type, mapping), name, call, resourceTypes(resourcesOf(mentionedTypes(type))));
}

/** Describes the types of a function that is passed on. */
export function passedOnTable(type: FuncType, mapping?: MappingChoices): PassedOnTable {
  const resources = resourcesOf(mentionedTypes(type));
  const builder = new TypeTableBuilder({ options: { mapping }, resources });
  const paths = argumentPaths(type.params, undefined, mapping);
  const params = type.params.map((param, index) => [paths[index]!, builder.ref(param.type)] as const);
  const caught = thrownResult(type.result, mapping);
  const ref = (part: Type | undefined): TypeRef | undefined =>
    part === undefined ? undefined : builder.ref(part);
  const result = ref(caught === undefined ? type.result : caught.ok);
  const error = ref(caught?.err);
  return ownProperties({
    params,
    result,
    error,
    nodes: builder.nodes,
    readers: builder.readers,
    throws: caught !== undefined,
    isPromise: callOf(type) === 'promise',
  });
}
