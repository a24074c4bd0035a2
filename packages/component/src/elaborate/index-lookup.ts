import type { Sort, ValType } from '../ast.ts';
import type { EvaluationContext } from './evaluation-context.ts';
import type { IndexSpaces } from './index-spaces.ts';
import {
  type DefinedNode,
  type Entity,
  type EvaluatedType,
  type NamedNode,
  peel,
  type ValueNode,
} from './nodes.ts';

/** Reports an index that names nothing (yet). */
export function checkBounds(
  context: EvaluationContext,
  what: string,
  index: number,
  count: number,
  offset: number,
): void {
  if (index >= count) context.fault('index-out-of-bounds', offset, what, index, count);
}

/** Returns the entity that a sort and an index name. Reports an index that names nothing. */
export function entityAt(
  context: EvaluationContext,
  spaces: IndexSpaces,
  sort: Sort,
  index: number,
  offset: number,
): Entity | undefined {
  const entity = spaces.entity(sort, index);
  if (entity !== undefined) return entity;
  const count = spaces.count(sort);
  if (count === undefined || sort === 'core type') {
    context.fault('wrong-sort', offset, sort);
  } else checkBounds(context, sort, index, count, offset);
  return undefined;
}

/** Returns the type at an index. Reports an index that names nothing (yet). */
export function typeAt(
  context: EvaluationContext,
  spaces: IndexSpaces,
  index: number,
  offset: number,
): EvaluatedType | undefined {
  const entity = spaces.entity('type', index);
  if (entity === undefined) checkBounds(context, 'type', index, spaces.count('type'), offset);
  return entity?.type;
}

/** Returns the type at an index, which must be of the given sort. Reports one that is not. */
export function typeOfSort<Tag extends 'func' | 'component' | 'instance'>(
  context: EvaluationContext,
  spaces: IndexSpaces,
  tag: Tag,
  index: number,
  offset: number,
): Extract<EvaluatedType, { tag: Tag }> | undefined {
  const node = typeAt(context, spaces, index, offset);
  if (node === undefined) return undefined;
  const target = peel(node);
  if (isOfSort(target, tag)) return target;
  context.fault('wrong-type-sort', offset, index, { found: target.tag, needed: tag });
  return undefined;
}

function isOfSort<Tag extends EvaluatedType['tag']>(
  node: EvaluatedType,
  tag: Tag,
): node is Extract<EvaluatedType, { tag: Tag }> {
  return node.tag === tag;
}

/** Returns the value type at an index, or a primitive. Reports a type of another kind. */
export function valueType(
  context: EvaluationContext,
  spaces: IndexSpaces,
  type: ValType,
  offset: number,
): ValueNode | undefined {
  if (typeof type === 'string') return type;
  const node = typeAt(context, spaces, type, offset);
  if (node === undefined) return undefined;
  const target = peel(node);
  if (target.tag !== 'defined') {
    context.fault('not-a-value-type', offset, type, target.tag);
    return undefined;
  }
  return node as DefinedNode | NamedNode;
}
