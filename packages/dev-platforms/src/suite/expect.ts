import { showValue } from '@wit-ts/dev-support/show-value';

/**
 * Thrown when an expectation of a case is not met. The cases use no test framework, because none runs on all platforms.
 */
class ExpectationError extends Error {}

/** Compares two values by structure. Fields that are `undefined` count; the classes of objects do not. */
export function equal(given: unknown, expected: unknown, what = 'the result'): void {
  const [left, right] = [showValue(given), showValue(expected)];
  if (left !== right) throw new ExpectationError(`${what}: expected ${right}, got ${left}`);
}

/** Calls a function that must throw, and returns the error. Its name and its message must match. */
export async function throws(
  run: () => unknown,
  name: string,
  message: RegExp,
): Promise<Error & Readonly<Record<string, unknown>>> {
  let given: unknown;
  try {
    given = await run();
  } catch (error) {
    if (!(error instanceof Error))
      throw new ExpectationError(`expected an Error to be thrown, got ${showValue(error)}`);
    if (error.name !== name || !message.test(error.message)) {
      throw new ExpectationError(
        `expected ${name} ${String(message)} to be thrown, got ${error.name} "${error.message}"`,
      );
    }
    return error as Error & Readonly<Record<string, unknown>>;
  }
  throw new ExpectationError(
    `expected ${name} ${String(message)} to be thrown, but ${showValue(given)} was returned`,
  );
}
