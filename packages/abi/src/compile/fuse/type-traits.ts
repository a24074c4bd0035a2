import type { Type, TypeDef } from '@wit-ts/model';
import {
  contains,
  despecialize,
  type Element,
  flagsSize,
  isMapEntry,
  layoutOf,
  unalias,
  type Shape,
} from '@wit-ts/model/layout';

/** Returns true when lifting a value can trap, so that it must be checked before anything is lowered. */
export function needsCheck(type: Type): boolean {
  return remembered(checks, type, () => contains(type, traps));
}

export function elementNeedsCheck(element: Element): boolean {
  return isMapEntry(element) ? element.some(needsCheck) : needsCheck(element as Type);
}

function traps(shape: Shape): boolean {
  if (typeof shape === 'string') return shape === 'string' || shape === 'char' || shape === 'error-context';
  return !['record', 'tuple', 'fixed-length-list', 'flags'].includes(shape.tag);
}

/**
 * Returns true when any bytes in memory are a value, and lowering writes the same bytes again. That is false if there
 * are bytes between the fields: they belong to the previous user of the memory.
 */
export function isBytes(type: Type): boolean {
  return remembered(bytes, type, () => {
    const shape = despecialize(type);
    if (typeof shape === 'string') return shape !== 'bool' && shape !== 'char' && shape !== 'string';
    switch (shape.tag) {
      case 'record': {
        const filled = shape.types.reduce((sum, member) => sum + layoutOf(member, 'i32').size, 0);
        return filled === layoutOf(type, 'i32').size && shape.types.every(isBytes);
      }
      case 'fixed-length-list':
        return isBytes(shape.element);
      case 'flags':
        return shape.count === 8 * flagsSize(shape.count);
      default:
        return false;
    }
  });
}

export function elementIsBytes(element: Element): boolean {
  if (!isMapEntry(element)) return isBytes(element as Type);
  return isBytes({ kind: { tag: 'tuple', types: element } });
}

const checks = new WeakMap<TypeDef, boolean>();
const bytes = new WeakMap<TypeDef, boolean>();

function remembered(known: WeakMap<TypeDef, boolean>, type: Type, find: () => boolean): boolean {
  const resolved = unalias(type);
  if (typeof resolved === 'string') return find();
  let answer = known.get(resolved);
  if (answer === undefined) {
    answer = find();
    known.set(resolved, answer);
  }
  return answer;
}
