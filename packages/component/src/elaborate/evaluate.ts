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
import { a } from '../words.ts';
import type { Context } from './context.ts';
import { externEntity } from './extern.ts';
import { type ComponentNode, type Entity, type Exported, type InstanceNode, named } from './nodes.ts';
import { Scope, View } from './scope.ts';
import type { Mismatch } from './mismatch.ts';
import { defineType, outOfBounds, sizeOfDefinition, typeAt, valueType } from './types.ts';

/** The arguments of an instantiation. An entry without a value is an argument that could not be made out. */
export interface Arguments {
  readonly entities: ReadonlyMap<string, Entity | undefined>;
  readonly mismatch: Mismatch | undefined;
}

/** An actual instance whose resources stand in for those that exports of a type declare. */
export interface ActualExports {
  readonly instance: InstanceNode;
  readonly mismatch: Mismatch | undefined;
}

/**
 * Instantiates a component as far as types go: evaluates its body or type with the arguments in place of its imports.
 * The body is taken as checked; only what is wrong with the arguments is told, to `args.mismatch`.
 */
export function instantiate(
  context: Context,
  component: ComponentNode,
  args: Arguments,
  offset: number,
): InstanceNode {
  return context.nested(offset, () => {
    if (component.tag === 'component') {
      const scope = new Scope('component type', component.surroundings);
      context.quietly(() => evaluateDeclarations(context, scope, component.declarations, { imports: args }));
      return { exports: scope.exports };
    }
    const scope = new Scope('component', component.surroundings);
    context.quietly(() => {
      for (const definition of component.component.definitions)
        evaluateDefinition(context, scope, definition, args);
    });
    return { exports: scope.exports };
  });
}

export interface Given {
  readonly imports?: Arguments | undefined;
  readonly exports?: ActualExports | undefined;
}

export function evaluateDeclarations(
  context: Context,
  scope: Scope,
  declarations: readonly Declaration[],
  given: Given,
): void {
  for (const declaration of declarations) evaluateDeclaration(context, scope, declaration, given);
}

/** Evaluates one declaration of a component or instance type and appends it to its index space. */
export function evaluateDeclaration(
  context: Context,
  scope: Scope,
  declaration: Declaration,
  given: Given,
): Entity | undefined {
  const { offset } = declaration;
  context.step(offset, declaration.tag === 'type' ? sizeOfDefinition(declaration.type) : 0);
  switch (declaration.tag) {
    case 'core-type':
      pushCoreType(scope, declaration.type);
      return undefined;
    case 'type':
      scope.types.push(defineType(context, scope, declaration.type, offset));
      return undefined;
    case 'alias':
      evaluateAlias(context, scope, declaration.alias, offset);
      return undefined;
    case 'import': {
      const entity = importEntity(
        context,
        scope,
        declaration.name.name,
        declaration.type,
        offset,
        given.imports,
      );
      introduce(scope, scope.imports, declaration.name, sortOf(declaration.type), entity);
      return entity;
    }
    case 'export': {
      const entity = exportEntity(
        context,
        scope,
        declaration.name.name,
        declaration.type,
        offset,
        given.exports,
      );
      introduce(scope, scope.exports, declaration.name, sortOf(declaration.type), entity);
      return entity;
    }
  }
}

/**
 * Evaluates one definition of a component and appends it to its index space. Core instances and what is aliased from
 * them have no part in component types and are left out.
 */
export function evaluateDefinition(
  context: Context,
  scope: Scope,
  definition: Definition,
  args?: Arguments,
): Entity | undefined {
  const { offset } = definition;
  context.step(offset, partsOfDefinition(definition));
  switch (definition.tag) {
    case 'core-module':
      scope.modules.push({ tag: 'body', bytes: definition.bytes, offset });
      return undefined;
    case 'core-instance':
      return undefined;
    case 'core-type':
      pushCoreType(scope, definition.type);
      return undefined;
    case 'component':
      scope.components.push({ tag: 'body', component: definition.component, surroundings: new View(scope) });
      return undefined;
    case 'instance':
      scope.instances.push(evaluateInstance(context, scope, definition.instance, offset));
      return undefined;
    case 'alias':
      evaluateAlias(context, scope, definition.alias, offset);
      return undefined;
    case 'type':
      scope.types.push(defineType(context, scope, definition.type, offset));
      return undefined;
    case 'canon': {
      if (definition.canon.tag !== 'lift') return undefined;
      const entity = externEntity(context, scope, { tag: 'func', type: definition.canon.type }, offset);
      scope.push('func', entity);
      return undefined;
    }
    case 'start': {
      const result = scope.funcs[definition.func]?.result;
      for (let i = 0; i < Math.min(definition.results, 1); i += 1) scope.values.push(result);
      return undefined;
    }
    case 'value':
      scope.values.push(valueType(context, scope, definition.type, offset));
      return undefined;
    case 'import': {
      const entity = importEntity(context, scope, definition.name.name, definition.type, offset, args);
      introduce(scope, scope.imports, definition.name, sortOf(definition.type), entity);
      return entity;
    }
    case 'export': {
      const exported = entityAt(context, scope, definition.sort, definition.index, offset);
      const seen =
        exported?.tag === 'type' ? ({ tag: 'type', type: named(exported.type) } as const) : exported;
      const ascribed =
        definition.type === undefined ? undefined : externEntity(context, scope, definition.type, offset);
      introduce(scope, scope.exports, definition.name, definition.sort, ascribed ?? seen);
      return ascribed ?? seen;
    }
  }
}

/** How many parts of a definition are looked at when it is evaluated. */
function partsOfDefinition(definition: Definition): number {
  if (definition.tag === 'type') return sizeOfDefinition(definition.type);
  if (definition.tag !== 'instance') return 0;
  const { instance } = definition;
  return instance.tag === 'instantiate' ? instance.args.length : instance.exports.length;
}

function importEntity(
  context: Context,
  scope: Scope,
  name: string,
  type: ExternType,
  offset: number,
  args: Arguments | undefined,
): Entity | undefined {
  if (args === undefined) return externEntity(context, scope, type, offset);
  const entity = args.entities.get(name);
  if (entity === undefined && !args.entities.has(name))
    args.mismatch?.at(`import \`${name}\``).add('nothing is given for it');
  const mismatch = args.mismatch?.at(`import \`${name}\``);
  return externEntity(context, scope, type, offset, entity && { entity, ...(mismatch && { mismatch }) });
}

function exportEntity(
  context: Context,
  scope: Scope,
  name: string,
  type: ExternType,
  offset: number,
  actual: ActualExports | undefined,
): Entity | undefined {
  if (actual === undefined) return externEntity(context, scope, type, offset);
  const exported = actual.instance.exports.get(name);
  const mismatch = actual.mismatch?.at(`export \`${name}\``);
  if (exported === undefined) mismatch?.add('it is missing');
  const entity = exported?.entity;
  return externEntity(context, scope, type, offset, entity && { entity, ...(mismatch && { mismatch }) });
}

function introduce(
  scope: Scope,
  names: Map<string, Exported>,
  name: ExternName,
  sort: Sort,
  entity: Entity | undefined,
): void {
  scope.push(sort, entity);
  // The first of two equal names stays; `validate` reports the second.
  if (!names.has(name.name)) names.set(name.name, { name, entity });
}

export function sortOf(type: ExternType): Sort {
  return type.tag === 'core-module' ? 'core module' : type.tag;
}

function pushCoreType(scope: Scope, type: CoreType): void {
  const count = type.tag === 'other' ? type.count : 1;
  const surroundings = new View(scope);
  for (let i = 0; i < count; i += 1) scope.coreTypes.push({ type, surroundings });
}

/** What a sort and an index mean; reports an index that names nothing. */
export function entityAt(
  context: Context,
  scope: Scope,
  sort: Sort,
  index: number,
  offset: number,
): Entity | undefined {
  if (sort === 'type') {
    const type = typeAt(context, scope, index, offset);
    return type && { tag: 'type', type };
  }
  const count = scope.count(sort);
  if (count === undefined || sort === 'core type') {
    context.report(
      'wrong-sort',
      `${a(sort)} can neither be given to a component nor exported from one`,
      offset,
    );
    return undefined;
  }
  if (index >= count) context.report('index-out-of-bounds', outOfBounds(sort, index, count), offset);
  return scope.entity(sort, index);
}

function evaluateInstance(
  context: Context,
  scope: Scope,
  instance: Instance,
  offset: number,
): InstanceNode | undefined {
  if (instance.tag === 'exports') {
    const exports = new Map<string, Exported>();
    for (const { name, sort, index } of instance.exports) {
      if (!exports.has(name.name))
        exports.set(name.name, { name, entity: entityAt(context, scope, sort, index, offset) });
    }
    return { exports };
  }
  const component = entityAt(context, scope, 'component', instance.component, offset);
  const entities = new Map<string, Entity | undefined>();
  for (const arg of instance.args)
    entities.set(arg.name, entityAt(context, scope, arg.sort, arg.index, offset));
  if (component?.tag !== 'component') return undefined;
  const mismatch = context.mismatches('wrong-argument', offset);
  return instantiate(context, component.component, { entities, mismatch }, offset);
}

function evaluateAlias(context: Context, scope: Scope, alias: Alias, offset: number): void {
  switch (alias.tag) {
    case 'core-export':
      return;
    case 'export': {
      const instance = entityAt(context, scope, 'instance', alias.instance, offset);
      const entity =
        instance?.tag === 'instance' ? exportOf(context, instance.instance, alias, offset) : undefined;
      scope.push(alias.sort, entity);
      return;
    }
    case 'outer':
      outerAlias(context, scope, alias, offset);
  }
}

const OUTER_SPACES = {
  'core module': 'modules',
  'core type': 'coreTypes',
  component: 'components',
  type: 'types',
} as const;

function outerAlias(
  context: Context,
  scope: Scope,
  alias: Extract<Alias, { tag: 'outer' }>,
  offset: number,
): void {
  const { sort, count, index } = alias;
  if (!(sort in OUTER_SPACES)) {
    context.report('wrong-alias-sort', `${a(sort)} cannot be aliased from an outer scope`, offset);
    scope.push(sort, undefined);
    return;
  }
  const from = scope.outer(count);
  const before = from?.[OUTER_SPACES[sort as keyof typeof OUTER_SPACES]];
  const isVisible = before !== undefined && index < before;
  if (before === undefined)
    context.report(
      'outer-alias-count',
      `there is nothing ${count} ${count === 1 ? 'scope' : 'scopes'} outwards of this one`,
      offset,
    );
  else if (!isVisible) context.report('index-out-of-bounds', outOfBounds(sort, index, before), offset);
  if (sort === 'core type') scope.coreTypes.push(isVisible ? from?.scope.coreTypes[index] : undefined);
  else scope.push(sort, isVisible ? from?.scope.entity(sort, index) : undefined);
}

function exportOf(
  context: Context,
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
  const message = `export \`${alias.name}\` of instance ${alias.instance} is ${a(entity.tag)}, not ${a(alias.sort)}`;
  context.report('wrong-sort', message, offset);
  return undefined;
}
