import { shapeOf } from '../shape.ts';
import type { Type } from '../types.ts';
import { unalias } from '../unalias.ts';
import { valueParts } from './contains.ts';
import { isKind } from './despecialize.ts';

/**
 * Returns the distinct types `stream`, `future` and `error-context` in values of the types, without aliases. The types
 * of what goes through a stream or a future are not among them.
 */
export function waitablesOf(types: readonly Type[]): Type[] {
  const found: Type[] = [];
  // What is added to a set while it is iterated is visited, too.
  const seen = new Set<Type>(types.map(unalias));
  for (const type of seen) {
    const shape = shapeOf(type);
    if (shape === 'error-context' || isKind(shape, 'stream', 'future')) found.push(type);
    else for (const part of valueParts(shape)) seen.add(unalias(part));
  }
  return found;
}
