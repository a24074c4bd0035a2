import { HostHandle } from './values.ts';

/** What expressions of `literalOf` mention: an object of the resource, and maps. Each declaration is one line. */
export const LITERAL_DECLARATIONS: readonly string[] = [
  'export declare const someHandle: Handle;',
  // `new Map(…)` would infer its types from the entries, and allow properties that the declared type does not have.
  'export declare function mapOf<M>(entries: M extends Map<infer K, infer V> ? [K, V][] : never): M;',
];

/** Returns a value as an expression of TypeScript, on one line. */
export function literalOf(value: unknown): string {
  switch (typeof value) {
    case 'bigint':
      return `${value}n`;
    case 'number':
      return Object.is(value, -0) ? '-0' : String(value);
    case 'string':
      // A line separator is allowed in a literal, but it starts a new line for the compiler.
      return JSON.stringify(value).replaceAll('\u2028', String.raw`\u2028`);
    case 'object':
      return value === null ? 'null' : objectText(value);
    default:
      return String(value);
  }
}

function objectText(value: object): string {
  if (value instanceof HostHandle) return 'someHandle';
  if (Array.isArray(value)) {
    const text = `[${value.map(literalOf).join(', ')}]`;
    // The type of `mapOf` comes from its context, which `as const` takes away.
    return Object.isFrozen(value) && !text.includes('mapOf(') ? `(${text} as const)` : text;
  }
  if (value instanceof Map) return `mapOf(${literalOf([...value])})`;
  if (ArrayBuffer.isView(value)) {
    return `${value.constructor.name}.of(${Array.from(value as unknown as Iterable<unknown>, literalOf).join(', ')})`;
  }
  return `{ ${Object.entries(value)
    .map(([key, part]) => `${JSON.stringify(key)}: ${literalOf(part)}`)
    .join(', ')} }`;
}
