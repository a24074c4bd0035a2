import type { Sort, ValType } from '../ast.ts';
import { withArticle } from '../with-article.ts';
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
  if (index >= count) context.report('index-out-of-bounds', outOfBounds(what, index, count), offset);
}

export function outOfBounds(what: string, index: number, count: number): string {
  return count === 0
    ? `${what} ${index} does not exist: no ${what} is defined before this`
    : `${what} ${index} does not exist: the last one defined before this is ${count - 1}`;
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
    context.report(
      'wrong-sort',
      `${withArticle(sort)} can be neither an argument of an instantiation nor an export`,
      offset,
    );
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
  context.report(
    'wrong-type-sort',
    `type ${index} is ${typeNodeText(target.tag)}, but ${typeNodeText(tag)} is needed here`,
    offset,
  );
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
    context.report(
      'not-a-value-type',
      `type ${type} is ${typeNodeText(target.tag)}, but a value type is needed here`,
      offset,
    );
    return undefined;
  }
  return node as DefinedNode | NamedNode;
}

/** What messages call a type, by the tag of its node: `a value type`, `a resource`. */
export function typeNodeText(tag: string): string {
  if (tag === 'resource') return 'a resource';
  const kind = tag === 'defined' ? 'value' : tag === 'func' ? 'function' : tag;
  return withArticle(`${kind} type`);
}

export function needsResource(what: string, index: number, tag: string): string {
  return `\`${what}\` needs a resource, but type ${index} is ${typeNodeText(tag)}`;
}
