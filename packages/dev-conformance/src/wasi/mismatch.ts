/** Says how a text differs from the expected one, or returns undefined. */
export function mismatch(what: string, actual: string, expected: string): string | undefined {
  if (actual === expected) return undefined;
  return `expected ${what} to be ${JSON.stringify(expected)}, got ${JSON.stringify(actual)}`;
}
