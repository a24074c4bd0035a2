/**
 * The value that lowering throws at the first host value that does not fit. It carries nothing: the path to the value
 * is searched again for the message, so that a successful call keeps no track of it.
 */
export const MISMATCH: unique symbol = Symbol('a host value does not fit its type');

export function bad(): never {
  // Not an error, because making one records the stack. The error that the user sees is made at the boundary.
  // oxlint-disable-next-line no-throw-literal
  throw MISMATCH;
}
