import type { TypeTable } from '../helpers/describe.ts';
import { literal } from './source-text.ts';

/** Prints the table that the function `types` returns, to which emitted source refers. Only messages need it. */
export function typeTableText(table: TypeTable): string {
  return text(table);
}

function text(value: unknown): string {
  if (typeof value === 'string') return literal(value);
  if (Array.isArray(value)) return `[${value.map(text).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  const members = Object.entries(value).map(([key, item]) => `${key}: ${text(item)}`);
  return `{ ${members.join(', ')} }`;
}
