/**
 * What lowering throws at the first host value that does not fit. It carries nothing: the way to the value is looked for
 * again, by `describeMismatch`, so that a call that goes well keeps no track of it.
 */
export const MISMATCH: unique symbol = Symbol('a host value does not fit its type');

export function bad(): never {
  // Not an error: making one records the stack, and what the user sees is made where the call came in.
  // oxlint-disable-next-line no-throw-literal
  throw MISMATCH;
}
