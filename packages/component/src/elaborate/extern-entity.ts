import type { ExternType } from '../ast.ts';
import { checkBounds, typeAt, typeNodeText, valueType } from './define-type.ts';
import { evaluateDeclarations, type GivenEntities } from './evaluate.ts';
import type { EvaluationContext } from './evaluation-context.ts';
import { instanceNode } from './instance-node.ts';
import { IndexSpaces } from './index-spaces.ts';
import {
  type Entity,
  type InstanceNode,
  type InstanceTypeNode,
  named,
  peel,
  type EvaluatedType,
  type ValueNode,
} from './nodes.ts';

/** Returns the entity that an import of a type, or the declaration of an export, introduces. */
export function externEntity(
  context: EvaluationContext,
  spaces: IndexSpaces,
  type: ExternType,
  offset: number,
): Entity | undefined {
  switch (type.tag) {
    case 'core-module':
      return moduleEntity(context, spaces, type.type, offset);
    case 'func': {
      const func = typeOfSort(context, spaces, 'func', type.type, offset);
      return func && { tag: 'func', func };
    }
    case 'component': {
      const component = typeOfSort(context, spaces, 'component', type.type, offset);
      return component && { tag: 'component', component };
    }
    case 'instance': {
      const node = typeOfSort(context, spaces, 'instance', type.type, offset);
      return node && { tag: 'instance', instance: instanceOf(context, node, offset) };
    }
    case 'type': {
      if (type.bound.tag === 'sub-resource') return { tag: 'type', type: context.newResource() };
      const node = typeAt(context, spaces, type.bound.type, offset);
      return node && { tag: 'type', type: named(node) };
    }
    case 'value': {
      const node =
        type.bound.tag === 'eq'
          ? valueAt(context, spaces, type.bound.value, offset)
          : valueType(context, spaces, type.bound.type, offset);
      return node && { tag: 'value', type: node };
    }
  }
}

/** Evaluates an instance type. Each instance of it has its own resources and names. */
export function instanceOf(
  context: EvaluationContext,
  type: InstanceTypeNode,
  offset: number,
  given?: GivenEntities,
): InstanceNode {
  const spaces = new IndexSpaces('instance type', type.enclosing);
  context.nested(offset, () => {
    context.quietly(() => evaluateDeclarations(context, spaces, type.declarations, given));
  });
  return instanceNode(spaces.exports, offset);
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

function moduleEntity(
  context: EvaluationContext,
  spaces: IndexSpaces,
  index: number,
  offset: number,
): Extract<Entity, { tag: 'core module' }> | undefined {
  checkBounds(context, 'core type', index, spaces.coreTypes.length, offset);
  const node = spaces.coreTypes[index];
  if (node === undefined) return undefined;
  if (node.type.tag !== 'module') {
    context.report('wrong-type-sort', `core type ${index} is not a module type`, offset);
    return undefined;
  }
  return { tag: 'core module', module: { tag: 'type', type: node.type, enclosing: node.enclosing } };
}

function valueAt(
  context: EvaluationContext,
  spaces: IndexSpaces,
  index: number,
  offset: number,
): ValueNode | undefined {
  checkBounds(context, 'value', index, spaces.count('value'), offset);
  return spaces.entity('value', index)?.type;
}
