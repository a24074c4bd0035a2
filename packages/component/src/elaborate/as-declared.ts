import type { ExternType } from '../ast.ts';
import { withArticle } from '../with-article.ts';
import { typeNodeText } from './fault-texts.ts';
import { typeAt, typeOfSort } from './index-lookup.ts';
import type { Arguments, EvaluationContext } from './evaluation-context.ts';
import { evaluateDeclarations, type GivenEntities, externEntity, instanceOf } from './declarations.ts';
import { evaluateDefinition, instantiateWith } from './evaluate.ts';
import type { IndexSpaces } from './index-spaces.ts';
import { type MismatchCollector, mismatchCollector } from './mismatch-collector.ts';
import { type ComponentNode, type Entity, type InstanceNode, peel } from './nodes.ts';

/** The entity that is given for an import, or exported under a declared type. */
interface Actual {
  readonly entity: Entity;
  /** Receives every difference between the entity and the type; absent when the two have been compared before. */
  readonly mismatch: MismatchCollector | undefined;
}

/**
 * Evaluates the body or the type of a component as its instantiation does, for types only. An import has its declared
 * type, in which the resources of the argument replace the declared ones. The body has been checked before, so only
 * faults of the arguments are reported, to `mismatch`.
 */
export function instantiateAsDeclared(
  context: EvaluationContext,
  component: ComponentNode,
  args: Arguments,
  offset: number,
  mismatch: MismatchCollector | undefined = mismatchCollector(context, 'wrong-argument', offset),
): InstanceNode {
  const given = givenImports(context, args, mismatch);
  return instantiateWith(context, component, offset, (spaces) =>
    context.quietly(() => {
      if (component.tag === 'component') {
        evaluateDeclarations(context, spaces, component.declarations, given);
      } else {
        for (const definition of component.component.definitions)
          evaluateDefinition(context, spaces, definition, given);
      }
    }),
  );
}

/** Gives imports the arguments of an instantiation. */
export function givenImports(
  context: EvaluationContext,
  args: Arguments,
  mismatch: MismatchCollector | undefined,
): GivenEntities {
  return {
    import: (spaces, name, type, offset) => {
      const entity = args.get(name);
      const here = mismatch?.at(`import \`${name}\``);
      if (!args.has(name)) here?.add('no argument is given for it');
      return entity === undefined
        ? externEntity(context, spaces, type, offset)
        : actualEntity(context, spaces, type, offset, { entity, mismatch: here });
    },
  };
}

/** Pairs the declared exports of a type with the exports of an actual instance. */
export function givenExports(
  context: EvaluationContext,
  instance: InstanceNode,
  mismatch: MismatchCollector | undefined,
): GivenEntities {
  return {
    export: (spaces, name, type, offset) => {
      const exported = instance.exports.get(name);
      const here = mismatch?.at(`export \`${name}\``);
      if (exported === undefined) here?.add('it is missing');
      return exported?.entity === undefined
        ? externEntity(context, spaces, type, offset)
        : actualEntity(context, spaces, type, offset, { entity: exported.entity, mismatch: here });
    },
  };
}

/** Returns the entity of a type, with the resources of the actual entity, after comparing the two. */
export function actualEntity(
  context: EvaluationContext,
  spaces: IndexSpaces,
  type: ExternType,
  offset: number,
  actual: Actual,
): Entity | undefined {
  if (type.tag === 'type') return actualType(context, spaces, type, offset, actual);
  if (type.tag === 'instance') {
    const node = typeOfSort(context, spaces, 'instance', type.type, offset);
    if (node === undefined || !hasSort('instance', actual) || actual.entity.tag !== 'instance')
      return undefined;
    const given = givenExports(context, actual.entity.instance, actual.mismatch);
    return { tag: 'instance', instance: instanceOf(context, node, offset, given) };
  }
  const declared = externEntity(context, spaces, type, offset);
  if (declared !== undefined && hasSort(declared.tag, actual)) compare(context, declared, actual, offset);
  return declared;
}

function compare(context: EvaluationContext, declared: Entity, actual: Actual, offset: number): void {
  const { entity: found, mismatch } = actual;
  const { comparer } = context.options;
  if (mismatch === undefined || comparer === undefined) return;
  if (declared.tag === 'func' && found.tag === 'func') {
    comparer.func(context, declared.func, found.func, mismatch);
  } else if (declared.tag === 'value' && found.tag === 'value') {
    comparer.value(context, declared.type, found.type, mismatch);
  } else if (declared.tag === 'core module' && found.tag === 'core module') {
    comparer.module(declared.module, found.module, mismatch);
  } else if (
    declared.tag === 'component' &&
    declared.component.tag === 'component' &&
    found.tag === 'component'
  ) {
    comparer.component(context, declared.component, found.component, offset, mismatch);
  }
}

function actualType(
  context: EvaluationContext,
  spaces: IndexSpaces,
  { bound }: Extract<ExternType, { tag: 'type' }>,
  offset: number,
  actual: Actual,
): Entity | undefined {
  const declared = bound.tag === 'eq' ? typeAt(context, spaces, bound.type, offset) : undefined;
  if (bound.tag === 'eq' && declared === undefined) return undefined;
  const { entity: found, mismatch } = actual;
  if (!hasSort('type', actual) || found.tag !== 'type') return undefined;
  const isResource = peel(found.type).tag === 'resource';
  if (mismatch !== undefined) {
    if (declared !== undefined)
      context.options.comparer?.type(context, declared, found.type, offset, mismatch);
    else if (!isResource) mismatch.add(`expected a resource, found ${typeNodeText(peel(found.type).tag)}`);
  }
  return declared === undefined && !isResource ? undefined : found;
}

function hasSort(sort: Entity['tag'], { entity, mismatch }: Actual): boolean {
  if (entity.tag === sort) return true;
  mismatch?.add(`expected ${withArticle(sort)}, found ${withArticle(entity.tag)}`);
  return false;
}
