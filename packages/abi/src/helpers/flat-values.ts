import type { WaitableCodec } from '../value-engine.ts';
import type { ComponentInstance } from '../instance.ts';
import type { ResourceType } from '../resource-type.ts';
import { Trap } from '../trap.ts';
import { isGuestAtFault, mismatchIn, unfit } from './calls.ts';
import { asTrap } from './traps.ts';
import type { TypeTable } from './describe.ts';
import { hostValueReader, readHostValue } from './host-value-reader.ts';
import { waitableCheck } from './waitable-check.ts';
import { refusedMessage } from './mismatch.ts';

/** The name in a type table of a result whose `err` a function throws: the host returns or throws only the payload. */
export const RESULT_OR_ERROR = 'result or error';

/** What is known of the host's values that `lowerFlat` lowers: the function, their types, and the values. */
type FlatValues = readonly [
  name: string,
  table: TypeTable,
  resources: readonly ResourceType[],
  waitables: readonly WaitableCodec[],
  values: readonly unknown[],
];

/** Reads the host's values, each part once, before anything is lowered. @throws what `refusedMessage` describes */
export function readFlat(...[, table, resources, waitables, values]: FlatValues): readonly unknown[] {
  const reader = hostValueReader(table, resources, waitableCheck(waitables));
  return table.params.map(([path, type], index) => readHostValue(reader, type, values[index], path));
}

/**
 * Returns what to throw when the host's values could not be lowered: a `Trap` when the guest is to blame, a `TypeError`
 * with the path of the value that does not fit, or the error that a value of the host threw while it was read.
 *
 * @param where what lowering the values is, in messages of traps
 */
export function unloweredFlat(
  instance: ComponentInstance,
  error: unknown,
  where: string,
  ...given: FlatValues
): unknown {
  const [name, table, resources, waitables, values] = given;
  if (error instanceof Trap || isGuestAtFault(instance)) return asTrap(error, where + instance.name);
  const reader = hostValueReader(table, resources, waitableCheck(waitables));
  const found = refusedMessage(error) ?? mismatchIn(reader, table, values);
  return unfit(name, error, found && withPath(found, values), whatOf(table), table, values);
}

/** The host returned or threw the payload, and not the `result` around it. */
function withPath(message: string, [value]: readonly unknown[]): string {
  if (!message.startsWith(`${RESULT_OR_ERROR}.val`)) return message;
  const isError = (value as { readonly tag?: unknown }).tag === 'err';
  return (isError ? 'error' : 'result') + message.slice(`${RESULT_OR_ERROR}.val`.length);
}

function whatOf({ params }: TypeTable): string {
  return params[0]![0].startsWith('result') ? 'the result' : 'an argument';
}
