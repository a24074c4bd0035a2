import { isMapKeyType, type Type } from '@wit-ts/model';
import type { TypeNode } from '../ast/ast.ts';
import { relatedAt, type Resolution } from '../resolve/resolution.ts';

/** The key of a map must be a primitive type that can be compared (`WIT.md`, "Types"), and not an alias of one. */
export function checkMapKey(
  node: Extract<TypeNode, { tag: 'map' }>,
  key: Type,
  resolution: Resolution,
): boolean {
  if (typeof key === 'string' && isMapKeyType(key)) return true;
  resolution.error('map-key', node.span, 'this map has keys of a type that is not allowed', {
    related: relatedAt('the key', node.key.span),
    help: 'keys are `bool`, `char`, `string` or an integer type, not an alias of one',
  });
  return false;
}
