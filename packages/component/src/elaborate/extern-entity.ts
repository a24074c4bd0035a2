import type { ExternType } from '../ast.ts';
import { withArticle } from '../with-article.ts';
import { checkBounds, typeAt, typeNodeText, valueType } from './define-type.ts';
import { evaluateDeclarations } from './evaluate.ts';
import type { EvaluationContext } from './evaluation-context.ts';
import { instanceNode } from './instance-node.ts';
import { IndexSpaces } from './index-spaces.ts';
import type { Mismatch } from './mismatch.ts';
import {
  type Entity,
  type InstanceNode,
  type InstanceTypeNode,
  named,
  peel,
  type TypeNode,
  type ValueNode,
} from './nodes.ts';

/** The entity that is given for an import, or exported under a declared type. */
export interface Actual {
  readonly entity: Entity;
  /** Receives every difference between the entity and the type; absent when the two have been compared before. */
  readonly mismatch?: Mismatch;
}

/**
 * Returns the entity that an import or an export declaration of a type introduces. When an actual entity is given, it is
 * compared with the type, and the abstract resources of the type become those of the entity.
 */
export function externEntity(
  context: EvaluationContext,
  spaces: IndexSpaces,
  type: ExternType,
  offset: number,
  actual?: Actual,
): Entity | undefined {
  if (type.tag === 'type') return typeEntity(context, spaces, type, offset, actual);
  if (type.tag === 'instance') return instanceEntity(context, spaces, type, offset, actual);
  const declared = declaredEntity(context, spaces, type, offset);
  if (declared !== undefined && actual !== undefined) compare(context, declared, actual, offset);
  return declared;
}

function declaredEntity(
  context: EvaluationContext,
  spaces: IndexSpaces,
  type: Exclude<ExternType, { tag: 'type' | 'instance' }>,
  offset: number,
): Exclude<Entity, { tag: 'type' | 'instance' }> | undefined {
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
    case 'value': {
      const node =
        type.bound.tag === 'eq'
          ? valueAt(context, spaces, type.bound.value, offset)
          : valueType(context, spaces, type.bound.type, offset);
      return node && { tag: 'value', type: node };
    }
  }
}

function compare(
  context: EvaluationContext,
  declared: Exclude<Entity, { tag: 'type' | 'instance' }>,
  actual: Actual,
  offset: number,
): void {
  const { entity: found, mismatch } = actual;
  const { comparer } = context;
  if (!hasSort(declared.tag, actual) || mismatch === undefined || comparer === undefined) return;
  if (declared.tag === 'func' && found.tag === 'func') {
    comparer.func(context, declared.func, found.func, mismatch);
  } else if (declared.tag === 'value' && found.tag === 'value') {
    comparer.value(context, declared.type, found.type, mismatch);
  } else if (declared.tag === 'core module' && found.tag === 'core module') {
    comparer.module(declared.module, found.module, mismatch);
  } else if (
    declared.tag === 'component' &&
    found.tag === 'component' &&
    declared.component.tag === 'component'
  ) {
    comparer.component(context, declared.component, found.component, offset, mismatch);
  }
}

function typeEntity(
  context: EvaluationContext,
  spaces: IndexSpaces,
  type: Extract<ExternType, { tag: 'type' }>,
  offset: number,
  actual?: Actual,
): Entity | undefined {
  const declared = type.bound.tag === 'eq' ? typeAt(context, spaces, type.bound.type, offset) : undefined;
  if (type.bound.tag === 'eq' && declared === undefined) return undefined;
  const found = actual?.entity;
  if (found === undefined) {
    return {
      tag: 'type',
      type: declared === undefined ? { tag: 'resource', id: context.nextResourceId() } : named(declared),
    };
  }
  if (!hasSort('type', actual) || found.tag !== 'type') return undefined;
  const isResource = peel(found.type).tag === 'resource';
  if (actual?.mismatch !== undefined) {
    if (declared !== undefined)
      context.comparer?.type(context, declared, found.type, offset, actual.mismatch);
    else if (!isResource)
      actual.mismatch.add(`expected a resource, found ${typeNodeText(peel(found.type).tag)}`);
  }
  return declared === undefined && !isResource ? undefined : found;
}

function instanceEntity(
  context: EvaluationContext,
  spaces: IndexSpaces,
  type: Extract<ExternType, { tag: 'instance' }>,
  offset: number,
  actual?: Actual,
): Entity | undefined {
  const node = typeOfSort(context, spaces, 'instance', type.type, offset);
  if (node === undefined || !hasSort('instance', actual)) return undefined;
  const found = actual?.entity;
  const given =
    found?.tag === 'instance' ? { instance: found.instance, mismatch: actual?.mismatch } : undefined;
  return { tag: 'instance', instance: instanceOf(context, node, offset, given) };
}

/** Evaluates an instance type. Each instance of it has its own resources and names. */
export function instanceOf(
  context: EvaluationContext,
  type: InstanceTypeNode,
  offset: number,
  actual?: { readonly instance: InstanceNode; readonly mismatch: Mismatch | undefined },
): InstanceNode {
  const spaces = new IndexSpaces('instance type', type.enclosing);
  context.nested(offset, () => {
    context.quietly(() => evaluateDeclarations(context, spaces, type.declarations, { exports: actual }));
  });
  return instanceNode(spaces.exports, offset);
}

function hasSort(sort: Entity['tag'], actual: Actual | undefined): boolean {
  if (actual === undefined || actual.entity.tag === sort) return true;
  actual.mismatch?.add(`expected ${withArticle(sort)}, found ${withArticle(actual.entity.tag)}`);
  return false;
}

/** Returns the type at an index, which must be of the given sort. Reports one that is not. */
function typeOfSort<Tag extends 'func' | 'component' | 'instance'>(
  context: EvaluationContext,
  spaces: IndexSpaces,
  tag: Tag,
  index: number,
  offset: number,
): Extract<TypeNode, { tag: Tag }> | undefined {
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

function isOfSort<Tag extends TypeNode['tag']>(
  node: TypeNode,
  tag: Tag,
): node is Extract<TypeNode, { tag: Tag }> {
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
