import type { Type } from '@wit-ts/model';
import { shapeOf } from '@wit-ts/model/layout';

/**
 * Returns what to throw for a type whose values cannot be passed. Streams, futures and error contexts are such types in
 * functions that run without a task.
 */
export function unsupportedType(type: Type): TypeError {
  const shape = shapeOf(type);
  return new TypeError(
    `values of the type ${typeof shape === 'string' ? shape : shape.tag} are not supported`,
  );
}
