/**
 * The value that lowering throws at the first host value that does not fit. It carries nothing: the path to the value
 * is searched again for the message, so that a successful call keeps no track of it.
 */
export const MISMATCH: unique symbol = Symbol('mismatch');

/**
 * Refuses a value of the host.
 *
 * @param value the part that does not fit. A getter may make another promise when the message is made, so this one must
 *   be marked as handled here
 */
export function bad(value?: unknown): never {
  if (value instanceof Promise) value.catch(() => undefined);
  // Not an error, because making one records the stack. The error that the user sees is made at the boundary.
  // oxlint-disable-next-line no-throw-literal
  throw MISMATCH;
}

/** The messages of values that were refused with one, by what was thrown. */
const messages = new WeakMap<object, string>();

/**
 * Refuses the first part of a host value that does not fit, when the path to it is known.
 *
 * @param message where the part is and what was expected: `argument meta.id: expected u64, got 1.5`
 */
export function refuseWith(message: string): never {
  // Not an error, because making one records the stack. The error that the user sees is made at the boundary.
  const refused = {};
  messages.set(refused, message);
  // oxlint-disable-next-line no-throw-literal
  throw refused;
}

/** Returns the message of a refused part. An error of the host may be a proxy, which is not asked anything. */
export function refusedMessage(error: unknown): string | undefined {
  return messages.get(error as object);
}
