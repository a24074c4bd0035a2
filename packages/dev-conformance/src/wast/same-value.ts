/**
 * Whether a call gave what the script expects, up to what the JavaScript mapping leaves open: a typed array or an array, a
 * map or its pairs, an absent field or `undefined`. All NaNs are one; 0 and -0 are two.
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

/** A value for a message. */
export function showValue(value: unknown): string {
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'string') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(showValue).join(', ')}]`;
  if (ArrayBuffer.isView(value))
    return `${value.constructor.name} ${showValue(Array.from(value as ArrayLike<unknown> & ArrayBufferView))}`;
  if (value instanceof Map) return `Map ${showValue([...value])}`;
  if (typeof value === 'object' && value !== null) {
    return `{ ${Object.entries(value)
      .map(([key, item]) => `${key}: ${showValue(item)}`)
      .join(', ')} }`;
  }
  return Object.is(value, -0) ? '-0' : String(value);
}
