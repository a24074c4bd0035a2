import type { Type, TypeDef } from '@wit-ts/model';
import { MAX_DEPTH, valueParts, unalias, shapeOf, tooDeep } from '@wit-ts/model/layout';

/** Types that take more lines than this get their own function. */
const HEAVY = 48;

const weights = new WeakMap<TypeDef, number>();

/** Estimates the lines that a type takes when it is written out. Values above `HEAVY` are not told apart. */
function weightOf(type: Type, depth = 0): number {
  const resolved = unalias(type);
  if (typeof resolved === 'string') return 1;
  const known = weights.get(resolved);
  if (known !== undefined) return known;
  if (depth > MAX_DEPTH) throw tooDeep();
  const shape = shapeOf(resolved);
  let weight = ownWeight(shape);
  for (const part of valueParts(shape)) weight = Math.min(weight + weightOf(part, depth + 1), HEAVY + 1);
  weights.set(resolved, weight);
  return weight;
}

function ownWeight(shape: ReturnType<typeof shapeOf>): number {
  if (typeof shape === 'string') return 1;
  switch (shape.tag) {
    case 'variant':
      return 2 + shape.cases.length;
    case 'flags':
      return 1 + shape.flags.length;
    case 'list':
    case 'map':
      return 4;
    default:
      return 2;
  }
}

/** Returns true when a type gets its own function. */
export function isHeavy(type: Type): boolean {
  return weightOf(type) > HEAVY;
}
