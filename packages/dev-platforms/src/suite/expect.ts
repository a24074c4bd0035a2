/** What a case expects and does not find. There is no test framework that runs on all platforms. */
export class Unexpected extends Error {}

/** Compares by structure: `undefined` fields count, the classes of objects do not. */
export function equal(given: unknown, expected: unknown, what = 'the answer'): void {
  const [left, right] = [show(given), show(expected)];
  if (left !== right) throw new Unexpected(`${what} is ${left}, not ${right}`);
}

/** Runs what must throw, and gives the error, whose name and message must be so. */
export async function throws(
  run: () => unknown,
  name: string,
  message: RegExp,
): Promise<Error & Readonly<Record<string, unknown>>> {
  let given: unknown;
  try {
    given = await run();
  } catch (error) {
    if (!(error instanceof Error)) throw new Unexpected(`${show(error)} was thrown, which is no error`);
    if (error.name !== name || !message.test(error.message)) {
      throw new Unexpected(`${error.name} "${error.message}" was thrown, not ${name} ${String(message)}`);
    }
    return error as Error & Readonly<Record<string, unknown>>;
  }
  throw new Unexpected(`${show(given)} was given, where ${name} ${String(message)} should be thrown`);
}

function show(value: unknown): string {
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? String(value);
  if (ArrayBuffer.isView(value)) return `${value.constructor.name} ${list(Array.from(value as Uint8Array))}`;
  if (Array.isArray(value)) return list(value);
  return `{ ${Object.entries(value)
    .map(([key, item]) => `${key}: ${show(item)}`)
    .join(', ')} }`;
}

function list(values: readonly unknown[]): string {
  return `[${values.map(show).join(', ')}]`;
}
