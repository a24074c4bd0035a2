import { withoutPrototype } from '@wit-ts/model';
import { Fuel } from './fuel.ts';
import type { Limits } from './limits.ts';

const NAMES: ReadonlySet<string> = new Set<keyof Limits>([
  'memoryBytes',
  'tableEntries',
  'handles',
  'instances',
  'memories',
  'tables',
  'valueBytes',
  'liftedBytes',
  'allowGc',
  'fuel',
]);

/** @throws TypeError when limits are not an object, the name of one is unknown, or its value is not one it may have */
export function checked(limits: Limits = {}): Limits {
  const given: unknown = limits;
  if (typeof given !== 'object' || given === null)
    throw new TypeError(`limits: expected an object, got ${String(given)}`);
  for (const [name, limit] of Object.entries(limits)) {
    if (!NAMES.has(name))
      throw new TypeError(`limits.${name}: unknown limit; the limits are ${[...NAMES].join(', ')}`);
    if (limit instanceof Fuel && name === 'fuel') continue;
    const isFlag = name === 'allowGc';
    const isFit = isFlag ? typeof limit === 'boolean' : Number.isSafeInteger(limit) && limit >= 0;
    if (limit !== undefined && !isFit) {
      const expected = isFlag ? 'a boolean' : 'a non-negative integer';
      throw new TypeError(`limits.${name}: expected ${expected}, got ${String(limit)}`);
    }
  }
  return withoutPrototype(limits);
}
