import type { HostFunction } from '../engine.ts';
import type { ResourceType } from '../resource-type.ts';
import { ComponentError } from '../trap.ts';
import { errorPayload } from './calls.ts';
import { show, type TypeRef, type TypeTable } from './describe.ts';
import { hostValueReader, mismatchOf } from './host-value-reader.ts';
import { isThenable } from './value-kinds.ts';
import { refusal } from './refused-promises.ts';

/** The types of a function of the host that a component exports as it imported it, and how it is called. */
export interface PassedOnTable extends Omit<TypeTable, 'method'> {
  /** Whether the `err` of its result is thrown. */
  readonly throws: boolean;
  readonly isPromise: boolean;
}

/**
 * Makes the exported function for a function of the host that a component exports as it imported it.
 *
 * @param call the host's function, as a function of all its arguments
 * @param resources the resource types that the table mentions
 */
export function passOn(
  table: PassedOnTable,
  name: string,
  call: (...args: readonly unknown[]) => unknown,
  resources: readonly ResourceType[],
): HostFunction {
  const { params, result, error, throws, isPromise } = table;
  const hold = (part: TypeRef | undefined, value: unknown, path: string): void => {
    if (part === undefined) return;
    const found = mismatchOf(hostValueReader(table, resources), part, value, path);
    if (found !== undefined) throw refusal(`${name}: ${found}`, value);
  };
  const check = (args: readonly unknown[]): void => {
    for (const [index, [path, part]] of params.entries()) hold(part, args[index], path);
  };
  const failure = (thrown: unknown): unknown => {
    if (!throws) return thrown;
    const payload = errorPayload(thrown);
    hold(error, payload, 'error');
    return new ComponentError(payload);
  };
  const finish = (value: unknown): unknown => {
    if (isThenable(value)) throw refusal(`${name}: result: expected a value, got ${show(value)}`, value);
    hold(result, value, 'result');
    return result === undefined ? undefined : value;
  };
  if (isPromise) {
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
