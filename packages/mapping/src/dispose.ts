/** How the objects of resources are disposed of, at run time and in declarations. */

/**
 * The key of the dispose method. Existing hosts use `Symbol.for('dispose')` on platforms without `Symbol.dispose`.
 */
export const dispose: typeof Symbol.dispose = Symbol.dispose ?? Symbol.for('dispose');

/** The key of the dispose method in declarations. */
export const disposeKey = '[Symbol.dispose]';

/** The type that TypeScript declares for objects with the method. */
export const disposableType = 'Disposable';
