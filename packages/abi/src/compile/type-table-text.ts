import type { TypeTable } from '../helpers/describe.ts';
import { literal } from './source-text.ts';

/** Prints the function `types` that emitted source refers to. It is called only when an error is described. */
export function typeTableFunction(table: TypeTable): string {
  return `function types() {\n  return ${text(table)};\n}`;
}

function text(value: unknown): string {
  if (typeof value === 'string') return literal(value);
  if (Array.isArray(value)) return `[${value.map(text).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  const members = Object.entries(value).map(([key, item]) => `${key}: ${text(item)}`);
  return `{ ${members.join(', ')} }`;
}
