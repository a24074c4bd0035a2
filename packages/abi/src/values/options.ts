import type { Type } from '@wit-ts/model';
import { shapeOf } from '../layout/despecialize.ts';

/**
 * Whether an option is `{ tag: 'none' } | { tag: 'some', val }` in JavaScript: where what it holds is an option too, so that
 * `undefined` could mean either.
 */
export function isBoxed(option: Type): boolean {
  const shape = shapeOf(option);
  if (typeof shape === 'string' || shape.tag !== 'option') return false;
  const inner = shapeOf(shape.type);
  return typeof inner === 'object' && inner.tag === 'option';
}
