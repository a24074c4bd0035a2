import type { Declaration, ExternName, ExternType, Sort } from '../ast.ts';
import { evaluateAlias } from './aliases.ts';
import { defineType, sizeOfDefinition } from './define-type.ts';
import type { EvaluationContext } from './evaluation-context.ts';
import { typeAt, typeOfSort } from './index-lookup.ts';
import { IndexSpaces } from './index-spaces.ts';
import { instanceNode } from './instance-node.ts';
import { type Entity, type Exported, type InstanceNode, type InstanceTypeNode, named } from './nodes.ts';

type EntityFor = (spaces: IndexSpaces, name: string, type: ExternType, offset: number) => Entity | undefined;

/**
 * The entities that take the place of imports and of declared exports. Without them both are what their types
 * declare.
 */
export interface GivenEntities {
  readonly import?: EntityFor | undefined;
  readonly export?: EntityFor | undefined;
}

export function evaluateDeclarations(
  context: EvaluationContext,
  spaces: IndexSpaces,
  declarations: readonly Declaration[],
  given?: GivenEntities,
): void {
  for (const declaration of declarations) evaluateDeclaration(context, spaces, declaration, given);
}

/** Evaluates one declaration of a component or instance type and appends it to its index space. */
export function evaluateDeclaration(
  context: EvaluationContext,
  spaces: IndexSpaces,
  declaration: Declaration,
  given?: GivenEntities,
): Entity | undefined {
  const { offset } = declaration;
  context.step(offset, declaration.tag === 'type' ? sizeOfDefinition(declaration.type) : 0);
  return evaluateShared(context, spaces, declaration, given);
}

/** Evaluates what may stand in a component and in a type alike, and the exports that a type declares. */
export function evaluateShared(
  context: EvaluationContext,
  spaces: IndexSpaces,
  definition: Declaration,
  given: GivenEntities | undefined,
): Entity | undefined {
  const { offset } = definition;
  switch (definition.tag) {
    case 'core-type':
      context.forRareDefinition().coreType(context, spaces, definition.type);
      return undefined;
    case 'type': {
      const type = defineType(context, spaces, definition.type, offset);
      spaces.push('type', type && { tag: 'type', type });
      return undefined;
    }
    case 'alias':
      evaluateAlias(context, spaces, definition.alias, offset);
      return undefined;
    default: {
      const { tag, name, type } = definition;
      const make = given?.[tag];
      const entity =
        make === undefined
          ? externEntity(context, spaces, type, offset)
          : make(spaces, name.name, type, offset);
      // Whoever gives the imports does not ask for them.
      if (tag === 'import' && make !== undefined) spaces.push(sortOf(type), entity);
      else introduce(spaces, tag === 'import' ? spaces.imports : spaces.exports, name, sortOf(type), entity);
      return entity;
    }
  }
}

/** Returns the entity that an import of a type, or the declaration of an export, introduces. */
export function externEntity(
  context: EvaluationContext,
  spaces: IndexSpaces,
  type: ExternType,
  offset: number,
): Entity | undefined {
  switch (type.tag) {
    case 'func': {
      const func = typeOfSort(context, spaces, 'func', type.type, offset);
      return func && { tag: 'func', func, ref: undefined };
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
    default:
      return context.forRareDefinition().externEntity(context, spaces, type, offset);
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
  context.nested(offset, type.declarations, () => {
    context.quietly(() => evaluateDeclarations(context, spaces, type.declarations, given));
  });
  return instanceNode(context, spaces.exports, offset);
}

/** Appends an import or export to the index space of its sort, and lists it under its name. */
export function introduce(
  spaces: IndexSpaces,
  names: Map<string, Exported>,
  name: ExternName,
  sort: Sort,
  entity: Entity | undefined,
): void {
  spaces.push(sort, entity);
  // The first of two equal names stays; `validate` reports the second.
  if (!names.has(name.name)) names.set(name.name, { name, entity });
}

export function sortOf(type: ExternType): Sort {
  return type.tag === 'core-module' ? 'core module' : type.tag;
}
