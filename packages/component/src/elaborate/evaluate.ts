import type {
  Alias,
  CoreType,
  Declaration,
  Definition,
  ExternName,
  ExternType,
  Instance,
  Sort,
} from '../ast.ts';
import { withArticle } from '../with-article.ts';
import type { EvaluationContext } from './evaluation-context.ts';
import { externEntity } from './extern-entity.ts';
import {
  type ComponentNode,
  type Entity,
  type Exported,
  type InstanceNode,
  named,
  type ValueNode,
} from './nodes.ts';
import { instanceNode } from './instance-node.ts';
import { IndexSpaces, Snapshot } from './index-spaces.ts';
import { defineType, checkBounds, sizeOfDefinition, valueType } from './define-type.ts';

/** The arguments of an instantiation, by name. One without a value is faulty. */
export type Arguments = ReadonlyMap<string, Entity | undefined>;

type EntityFor = (spaces: IndexSpaces, name: string, type: ExternType, offset: number) => Entity | undefined;

/**
 * The entities that take the place of imports and of declared exports. Without them both are what their types
 * declare.
 */
export interface GivenEntities {
  readonly import?: EntityFor | undefined;
  readonly export?: EntityFor | undefined;
}

/** Returns the index spaces of a component that is instantiated, filled by `fill`. */
export function instantiateWith(
  context: EvaluationContext,
  component: ComponentNode,
  offset: number,
  fill: (spaces: IndexSpaces) => void,
): InstanceNode {
  return context.nested(offset, () => {
    const kind = component.tag === 'body' ? 'component' : 'component type';
    const spaces = new IndexSpaces(kind, component.enclosing);
    fill(spaces);
    return instanceNode(spaces.exports, offset);
  });
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
function evaluateShared(
  context: EvaluationContext,
  spaces: IndexSpaces,
  definition: Declaration,
  given: GivenEntities | undefined,
): Entity | undefined {
  const { offset } = definition;
  switch (definition.tag) {
    case 'core-type':
      pushCoreType(spaces, definition.type);
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
      introduce(spaces, tag === 'import' ? spaces.imports : spaces.exports, name, sortOf(type), entity);
      return entity;
    }
  }
}

/**
 * Evaluates one definition of a component and appends it to its index space. Core instances and what is aliased from
 * them do not affect component types and are left out.
 */
export function evaluateDefinition(
  context: EvaluationContext,
  spaces: IndexSpaces,
  definition: Definition,
  given?: GivenEntities,
): Entity | undefined {
  const { offset } = definition;
  context.step(offset, partsOfDefinition(definition));
  switch (definition.tag) {
    case 'core-module':
      spaces.push('core module', {
        tag: 'core module',
        module: { tag: 'body', bytes: definition.bytes, offset },
      });
      return undefined;
    case 'core-instance':
      return undefined;
    case 'component':
      spaces.push('component', {
        tag: 'component',
        component: { tag: 'body', component: definition.component, enclosing: new Snapshot(spaces) },
      });
      return undefined;
    case 'instance':
      spaces.push('instance', evaluateInstance(context, spaces, definition.instance, offset));
      return undefined;
    case 'canon': {
      if (definition.canon.tag !== 'lift') return undefined;
      const entity = externEntity(context, spaces, { tag: 'func', type: definition.canon.type }, offset);
      spaces.push('func', entity);
      return undefined;
    }
    case 'start': {
      const result = spaces.entity('func', definition.func)?.func.result;
      if (definition.results > 0) spaces.push('value', valueEntity(result));
      return undefined;
    }
    case 'value':
      spaces.push('value', valueEntity(valueType(context, spaces, definition.type, offset)));
      return undefined;
    case 'export': {
      const exported = entityAt(context, spaces, definition.sort, definition.index, offset);
      const seen =
        exported?.tag === 'type' ? ({ tag: 'type', type: named(exported.type) } as const) : exported;
      const ascribed =
        definition.type === undefined || context.options.ignoresAscriptions === true
          ? undefined
          : externEntity(context, spaces, definition.type, offset);
      introduce(spaces, spaces.exports, definition.name, definition.sort, ascribed ?? seen);
      return ascribed ?? seen;
    }
    default:
      return evaluateShared(context, spaces, definition, given);
  }
}

/** Returns how many parts of a definition are visited when it is evaluated. */
function partsOfDefinition(definition: Definition): number {
  if (definition.tag === 'type') return sizeOfDefinition(definition.type);
  if (definition.tag !== 'instance') return 0;
  const { instance } = definition;
  return ('args' in instance ? instance.args : instance.exports).length;
}

function introduce(
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

function valueEntity(type: ValueNode | undefined): Entity | undefined {
  return type && { tag: 'value', type };
}

function pushCoreType(spaces: IndexSpaces, type: CoreType): void {
  const count = type.tag === 'other' ? type.count : 1;
  const enclosing = new Snapshot(spaces);
  for (let i = 0; i < count; i += 1) spaces.coreTypes.push({ type, enclosing });
}

/** Returns the entity that a sort and an index name. Reports an index that names nothing. */
export function entityAt(
  context: EvaluationContext,
  spaces: IndexSpaces,
  sort: Sort,
  index: number,
  offset: number,
): Entity | undefined {
  const count = spaces.count(sort);
  if (count === undefined || sort === 'core type') {
    context.report(
      'wrong-sort',
      `${withArticle(sort)} can be neither an argument of an instantiation nor an export`,
      offset,
    );
    return undefined;
  }
  checkBounds(context, sort, index, count, offset);
  return spaces.entity(sort, index);
}

function evaluateInstance(
  context: EvaluationContext,
  spaces: IndexSpaces,
  instance: Instance,
  offset: number,
): Entity | undefined {
  if (instance.tag === 'exports') {
    const exports = new Map<string, Exported>();
    for (const { name, sort, index } of instance.exports) {
      if (!exports.has(name.name))
        exports.set(name.name, { name, entity: entityAt(context, spaces, sort, index, offset) });
    }
    return { tag: 'instance', instance: instanceNode(exports, offset) };
  }
  const component = entityAt(context, spaces, 'component', instance.component, offset);
  const entities = new Map<string, Entity | undefined>();
  for (const arg of instance.args)
    entities.set(arg.name, entityAt(context, spaces, arg.sort, arg.index, offset));
  if (component?.tag !== 'component') return undefined;
  return { tag: 'instance', instance: context.instantiate(component.component, entities, offset) };
}

function evaluateAlias(context: EvaluationContext, spaces: IndexSpaces, alias: Alias, offset: number): void {
  switch (alias.tag) {
    case 'core-export':
      return;
    case 'export': {
      const instance = entityAt(context, spaces, 'instance', alias.instance, offset);
      const entity =
        instance?.tag === 'instance' ? exportOf(context, instance.instance, alias, offset) : undefined;
      spaces.push(alias.sort, entity);
      return;
    }
    case 'outer':
      outerAlias(context, spaces, alias, offset);
  }
}

function outerAlias(
  context: EvaluationContext,
  spaces: IndexSpaces,
  { sort, count, index }: Extract<Alias, { tag: 'outer' }>,
  offset: number,
): void {
  const from = spaces.outer(count);
  const visible = from?.count(sort);
  if (from === undefined) {
    context.report('outer-alias-count', `there is no scope ${count} levels out from here`, offset);
  } else if (visible === undefined) {
    context.report('wrong-alias-sort', `${withArticle(sort)} cannot be aliased from an outer scope`, offset);
  } else checkBounds(context, sort, index, visible, offset);
  if (sort === 'core type') spaces.coreTypes.push(from?.coreType(index));
  else spaces.push(sort, from?.entity(sort, index, offset));
}

function exportOf(
  context: EvaluationContext,
  instance: InstanceNode,
  alias: Extract<Alias, { tag: 'export' }>,
  offset: number,
): Entity | undefined {
  const exported = instance.exports.get(alias.name);
  if (exported === undefined) {
    const near = context.suggestion(alias.name, instance.exports.keys());
    const hint = near === undefined ? '' : `; it exports \`${near}\``;
    context.report(
      'no-such-export',
      `instance ${alias.instance} exports no \`${alias.name}\`${hint}`,
      offset,
    );
    return undefined;
  }
  const { entity } = exported;
  if (entity === undefined || entity.tag === alias.sort) return entity;
  const message = `export \`${alias.name}\` of instance ${alias.instance} is ${withArticle(entity.tag)}, not ${withArticle(alias.sort)}`;
  context.report('wrong-sort', message, offset);
  return undefined;
}
