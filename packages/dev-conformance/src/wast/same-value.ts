/**
 * Returns whether a value is the one that the script expects. The JavaScript mapping allows a typed array or an array,
 * a map or its pairs, and an absent field or `undefined`; these count as equal. All NaNs are equal; 0 and -0 are
 * different.
 */
export function sameValue(actual: unknown, expected: unknown): boolean {
  if (typeof expected !== 'object' || expected === null) return Object.is(actual, expected);
  if (typeof actual !== 'object' || actual === null) return false;
  if (Array.isArray(expected)) return sameItems(actual instanceof Map ? [...actual] : actual, expected);
  if (expected instanceof Map) {
    return actual instanceof Map && sameItems([...actual].flat(), [...expected].flat());
  }
  if (Array.isArray(actual)) return false;
  const left = new Map(Object.entries(actual));
  const right = new Map(Object.entries(expected));
  return [...new Set([...left.keys(), ...right.keys()])].every((key) =>
    sameValue(left.get(key), right.get(key)),
  );
}

function sameItems(actual: object, expected: readonly unknown[]): boolean {
  const items =
    Array.isArray(actual) || ArrayBuffer.isView(actual)
      ? Array.from(actual as ArrayLike<unknown>)
      : undefined;
  return items?.length === expected.length && expected.every((item, at) => sameValue(items[at], item));
}
