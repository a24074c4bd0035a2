/**
 * The key of the dispose method. Existing hosts use `Symbol.for('dispose')` on platforms without `Symbol.dispose`.
 */
export const dispose: typeof Symbol.dispose = Symbol.dispose ?? Symbol.for('dispose');
