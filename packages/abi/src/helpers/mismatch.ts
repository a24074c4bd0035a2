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

/** What is thrown for the first part of a host value that does not fit, when the path to it is known. */
export class RefusedPart {
  readonly #message: string;

  /** @param message where the part is and what was expected: `argument meta.id: expected u64, got 1.5` */
  constructor(message: string) {
    this.#message = message;
  }

  /** Returns the message of a mismatch. An error of the host may be a proxy, which is not asked anything. */
  static messageOf(error: unknown): string | undefined {
    return typeof error === 'object' && error !== null && #message in error ? error.#message : undefined;
  }
}
