import type { Limits } from './limits.ts';

const NAMES: ReadonlySet<string> = new Set<keyof Limits>([
  'memoryBytes',
  'tableEntries',
  'handles',
  'valueBytes',
]);

/** @throws TypeError when the name of a limit is unknown, or a limit is not a non-negative integer */
export function checked(limits: Limits): Limits {
  for (const [name, limit] of Object.entries(limits)) {
    if (!NAMES.has(name))
      throw new TypeError(`limits.${name}: unknown limit; the limits are ${[...NAMES].join(', ')}`);
    if (limit !== undefined && !(Number.isSafeInteger(limit) && limit >= 0)) {
      throw new TypeError(`limits.${name}: expected a non-negative integer, got ${String(limit)}`);
    }
  }
  return limits;
}
