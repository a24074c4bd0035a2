import type { Type } from '@wit-ts/model';
import { shapeAs } from '../layout/despecialize.ts';

/**
 * Whether an option is `{ tag: 'none' } | { tag: 'some', val }` in JavaScript: where what it holds is an option too, so that
 * `undefined` could mean either.
 */
export function isBoxed(option: Type): boolean {
  const shape = shapeAs(option, 'option');
  return shape !== undefined && shapeAs(shape.type, 'option') !== undefined;
}

/** Whether a value of the type may be left out. */
export function isOptional(type: Type): boolean {
  return shapeAs(type, 'option', 'flags') !== undefined && !isBoxed(type);
}
