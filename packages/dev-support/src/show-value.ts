/**
 * Returns a value as text for a message. Unlike JSON it distinguishes -0, bigints, `undefined`, maps and typed arrays.
 */
export function showValue(value: unknown): string {
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'string') return JSON.stringify(value);
  if (Array.isArray(value)) return showItems(value);
  if (ArrayBuffer.isView(value))
    return `${value.constructor.name} ${showItems(Array.from(value as ArrayLike<unknown> & ArrayBufferView))}`;
  if (value instanceof Map) return `Map ${showItems([...value])}`;
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value).map(([key, item]) => `${key}: ${showValue(item)}`);
    return `{ ${fields.join(', ')} }`;
  }
  return Object.is(value, -0) ? '-0' : String(value);
}

function showItems(items: readonly unknown[]): string {
  return `[${items.map(showValue).join(', ')}]`;
}
