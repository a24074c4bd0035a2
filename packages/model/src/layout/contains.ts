import { partsOf } from '../parts.ts';
import type { Type, TypeDef, TypeDefKind } from '../types.ts';
import { type Shape, shapeOf } from '../shape.ts';
import { unalias } from '../unalias.ts';
import { isKind } from './despecialize.ts';

/**
 * Calls `visit` once for each distinct type that `type` consists of, itself included, in order of mention.
 *
 * @param seen definitions that are passed over, and to which those visited are added
 * @param inside the types to go on to from a type
 */
export function eachType(
  type: Type,
  visit: (shape: Shape) => void,
  seen: Set<TypeDef> = new Set(),
  inside: (shape: Shape) => readonly Type[] = valueParts,
): void {
  const pending: Type[] = [type];
  // Not recursive: a chain of a million definitions must not overflow the stack.
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const resolved = unalias(next);
    if (typeof resolved !== 'string') {
      if (seen.has(resolved)) continue;
      seen.add(resolved);
    }
    const shape = shapeOf(resolved);
    visit(shape);
    for (const part of inside(shape).toReversed()) pending.push(part);
  }
}

/** Returns true if the type, or a type in it, has the property (`contains` of `CanonicalABI.md`, "Type Predicates"). */
export function contains(type: Type, predicate: (shape: Shape) => boolean): boolean {
  let found = false;
  eachType(type, (shape) => {
    found ||= predicate(shape);
  });
  return found;
}

export function containsKind(type: Type, ...kinds: readonly TypeDefKind['tag'][]): boolean {
  return contains(type, (shape) => isKind(shape, ...kinds));
}

/**
 * Whether storing a value of the type calls realloc. The values that go through a stream or a future are not parts of
 * its value.
 */
export function allocates(type: Type): boolean {
  let found = false;
  eachType(
    type,
    (shape) => {
      found ||= shape === 'string' || isKind(shape, 'list', 'map');
    },
    new Set(),
    (shape) => (isKind(shape, 'stream', 'future') ? [] : valueParts(shape)),
  );
  return found;
}

/** Returns the types of the parts of a value, in order of mention. A handle has no parts. */
export function valueParts(shape: Shape): readonly Type[] {
  return typeof shape === 'string' || isKind(shape, 'own', 'borrow') ? [] : partsOf(shape);
}
