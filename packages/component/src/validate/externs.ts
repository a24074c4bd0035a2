import type { Direction } from '@wit-ts/model';
import type { Definition, ExternName, ExternType, Instance, Sort } from '../ast.ts';
import type { EvaluationContext } from '../elaborate/evaluation-context.ts';
import { entityAt } from '../elaborate/index-lookup.ts';
import { sortOf } from '../elaborate/declarations.ts';
import { mismatchCollector } from '../elaborate/mismatch-collector.ts';
import { actualEntity } from '../elaborate/as-declared.ts';
import { type Entity, peelValue } from '../elaborate/nodes.ts';
import { withArticle } from '../with-article.ts';
import { ResourceNames } from './annotated-names.ts';
import { attributeFaults, externNameFault, UniqueNames } from './names.ts';
import type { CheckedScope } from './checked-scope.ts';
import { consume, gated } from './values.ts';

/** Rules of a name that need not know what it names. */
export function checkExternName(
  context: EvaluationContext,
  checked: CheckedScope,
  direction: Direction,
  name: ExternName,
  sort: Sort,
  offset: number,
): void {
  checkName(context, name, sort, offset);
  (direction === 'import' ? checked.importNames : checked.exportNames).add(context, name.name, offset);
  if (sort === 'value') gated(context, 'values', offset);
}

function checkName(context: EvaluationContext, name: ExternName, sort: Sort, offset: number): void {
  const fault = externNameFault(name.name);
  if (fault !== undefined) context.report('bad-name', `\`${name.name}\`: ${fault}`, offset);
  for (const attribute of attributeFaults(name, sort)) {
    context.report('bad-attribute', `\`${name.name}\`: ${attribute}`, offset);
  }
}

/** Rules of an import or export whose type is known. */
export function checkIntroduced(
  context: EvaluationContext,
  checked: CheckedScope,
  direction: Direction,
  name: ExternName,
  entity: Entity | undefined,
  offset: number,
): void {
  if (entity === undefined) return;
  const resources = direction === 'import' ? checked.importedResources : checked.exportedResources;
  resources.check(context, name.name, entity, offset);
  resources.register(name.name, entity);
  if (direction === 'export' && entity.tag === 'value') {
    const type = peelValue(entity.type);
    if (typeof type !== 'string' && type.hasBorrow) {
      context.report('borrow-in-value', 'an exported value cannot contain a `borrow`', offset);
    }
  }
  // Instance types are checked where an instance of them is imported or exported.
  if (checked.spaces.kind === 'instance type') return;
  const hidden = checked.visibility.introduce(context, direction, entity, offset);
  if (hidden !== undefined) {
    context.report('hidden-type', `the ${direction} \`${name.name}\` ${hidden}`, offset);
  }
}

/** Checks that what is exported has the type that the export ascribes to it. */
export function checkAscription(
  context: EvaluationContext,
  { spaces }: CheckedScope,
  definition: Extract<Definition, { tag: 'export' }>,
  type: ExternType,
): void {
  const { offset } = definition;
  const path = `the type ascribed to the export \`${definition.name.name}\` does not match`;
  const mismatch = mismatchCollector(context, 'wrong-ascription', offset)?.at(path);
  if (definition.sort !== sortOf(type)) {
    mismatch?.add(`${withArticle(definition.sort)} is exported as ${withArticle(sortOf(type))}`);
    return;
  }
  context.quietly(() => {
    const entity = entityAt(context, spaces, definition.sort, definition.index, offset);
    if (entity !== undefined && mismatch !== undefined)
      actualEntity(context, spaces, type, offset, { entity, mismatch });
  });
}

/** Checks the names of an `instance` definition and records the values that it uses. */
export function checkInstance(
  context: EvaluationContext,
  checked: CheckedScope,
  instance: Instance,
  offset: number,
): void {
  if (instance.tag === 'instantiate') {
    const names = new Set<string>();
    for (const { name, sort, index } of instance.args) {
      if (names.has(name)) context.report('name-conflict', `there are two arguments \`${name}\``, offset);
      names.add(name);
      consume(context, checked, sort, index, offset);
    }
    return;
  }
  const names = new UniqueNames('export');
  // No export of such an instance introduces a type, so no function of it can belong to a resource.
  const resources = new ResourceNames();
  for (const { name, sort, index } of instance.exports) {
    checkName(context, name, sort, offset);
    names.add(context, name.name, offset);
    consume(context, checked, sort, index, offset);
    const entity = context.quietly(() => entityAt(context, checked.spaces, sort, index, offset));
    if (entity !== undefined) resources.check(context, name.name, entity, offset);
  }
}
