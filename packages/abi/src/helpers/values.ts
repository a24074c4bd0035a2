import type { WaitableCodec } from '../value-engine.ts';
import type { ComponentInstance } from '../instance.ts';
import type { ResourceType } from '../resource-type.ts';
import { Trap } from '../trap.ts';
import { described, unfit } from './calls.ts';
import { asTrap } from './traps.ts';
import type { TypeTable } from './describe.ts';
import { hostValueReader, readHostValue } from './host-value-reader.ts';
import { waitableCheck } from './waitable-check.ts';
import { refusedMessage } from './mismatch.ts';

/** Returns what to throw when values could not be loaded. */
export function unloaded(instance: ComponentInstance, error: unknown, name: string): Error {
  return asTrap(error, `loading values of \`${name}\` for ${instance.name}`);
}

/**
 * Returns what to throw when values could not be stored: a `Trap` when the guest is to blame, a `TypeError` with the
 * path of the value that does not fit, or the error that a value of the host threw while it was read.
 */
export function unstored(
  instance: ComponentInstance,
  error: unknown,
  name: string,
  table: TypeTable,
  resources: readonly ResourceType[],
  values: unknown,
  waitables: readonly WaitableCodec[] = [],
): unknown {
  const where = `storing values of \`${name}\` for ${instance.name}`;
  if (!instance.mayLeave || table.result === undefined) return asTrap(error, where);
  const found =
    refusedMessage(error) ??
    described(hostValueReader(table, resources, waitableCheck(waitables)), table.result, values, 'values');
  return found === undefined && error instanceof Trap
    ? asTrap(error, where)
    : unfit(name, error, found, 'a value', table, values);
}

/** Reads values that will be stored, each part once. @throws what `refusedMessage` describes */
export function readValues(
  table: TypeTable,
  resources: readonly ResourceType[],
  values: unknown,
  waitables: readonly WaitableCodec[] = [],
): ArrayLike<unknown> {
  return readHostValue(
    hostValueReader(table, resources, waitableCheck(waitables)),
    table.result!,
    values,
    'values',
  ) as ArrayLike<unknown>;
}
