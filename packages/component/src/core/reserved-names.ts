/** The names of what limits add to a module begin with it. */
export const RESERVED = 'wit-ts:';

/**
 * What a limited module exports beside its own exports, by name. All instances of limited modules that share a budget
 * ask the functions of one of them, which counts in its two globals. The host prepares each instance before it runs:
 *
 * 1. In the first instance, it sets the globals to the bytes by which memories may grow, and to the entries by which
 *    tables may grow.
 * 2. In each instance, it sets the entries of the table to the functions of the first instance, in the same order.
 * 3. It calls the start function if there is one.
 *
 * A component must not reach these exports.
 */
export const LIMITS_EXPORTS = {
  table: `${RESERVED}asked`,
  functions: [`${RESERVED}ask-memory`, `${RESERVED}ask-table`],
  globals: [`${RESERVED}memory-left`, `${RESERVED}table-left`],
  start: `${RESERVED}start`,
} as const;

/** The module name of what a metered module imports beside its own imports. */
export const FUEL_MODULE = `${RESERVED}fuel`;
