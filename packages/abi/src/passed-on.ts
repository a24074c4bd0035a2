import { callOf, messageArgumentNames, thrownResult } from '@wit-ts/mapping';
import type { Type, TypeDef } from '@wit-ts/model';
import { mentionedTypes, resourcesOf } from '@wit-ts/model/layout';
import type { FuncType, HostFunction } from './engine.ts';
import { errorPayload } from './helpers/calls.ts';
import { show, type TypeRef } from './helpers/describe.ts';
import { HostValueReader } from './helpers/host-value-reader.ts';
import { isThenable } from './helpers/lower-values.ts';
import { refusal } from './helpers/refused-promises.ts';
import type { ResourceType } from './resource-type.ts';
import { ComponentError } from './trap.ts';
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
): HostFunction {
  const definitions = resourcesOf(mentionedTypes(type));
  const builder = new TypeTableBuilder('i32', definitions);
  const names = messageArgumentNames(type.params);
  const params = type.params.map(
    (param, index) => [`argument ${names[index]!}`, builder.ref(param.type)] as const,
  );
  const caught = thrownResult(type.result);
  const ref = (part: Type | undefined): TypeRef | undefined =>
    part === undefined ? undefined : builder.ref(part);
  const resultRef = ref(caught === undefined ? type.result : caught.ok);
  const errorRef = ref(caught?.err);
  const types = resourceTypes(definitions);
  const hold = (part: TypeRef | undefined, value: unknown, path: string): void => {
    if (part === undefined) return;
    const found = new HostValueReader(builder.nodes, types).mismatch(part, value, path);
    if (found !== undefined) throw refusal(`${name}: ${found}`, value);
  };
  const check = (args: readonly unknown[]): void => {
    for (const [index, [path, part]] of params.entries()) hold(part, args[index], path);
  };
  const failure = (thrown: unknown): unknown => {
    if (caught === undefined) return thrown;
    const payload = errorPayload(thrown);
    hold(errorRef, payload, 'error');
    return new ComponentError(payload);
  };
  const finish = (value: unknown): unknown => {
    if (isThenable(value)) throw refusal(`${name}: result: expected a value, got ${show(value)}`, value);
    hold(resultRef, value, 'result');
    return resultRef === undefined ? undefined : value;
  };
  if (callOf(type) === 'promise') {
    return async (...args: readonly unknown[]) => {
      check(args);
      let value: unknown;
      try {
        value = await call(...args);
      } catch (thrown) {
        throw failure(thrown);
      }
      return finish(value);
    };
  }
  return (...args: readonly unknown[]) => {
    check(args);
    let value: unknown;
    try {
      value = call(...args);
    } catch (thrown) {
      throw failure(thrown);
    }
    return finish(value);
  };
}
