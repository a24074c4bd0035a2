import type { CoreType, Definition, ExternType } from '../ast.ts';
import type { EvaluationContext, RareEvaluation } from './evaluation-context.ts';
import { checkBounds, valueType } from './index-lookup.ts';
import { type IndexSpaces, Snapshot } from './index-spaces.ts';
import type { Entity, ValueNode } from './nodes.ts';

/** Evaluates core types, imported and declared core modules, and values. */
export const rareEvaluation: RareEvaluation = { coreType, definition, externEntity };

function coreType(context: EvaluationContext, spaces: IndexSpaces, type: CoreType): void {
  const count = type.tag === 'other' ? type.types.length : 1;
  context.spend(count);
  const enclosing = new Snapshot(spaces);
  for (let member = 0; member < count; member += 1) spaces.coreTypes.push({ type, member, enclosing });
}

function definition(
  context: EvaluationContext,
  spaces: IndexSpaces,
  defined: Extract<Definition, { tag: 'start' | 'value' }>,
): void {
  if (defined.tag === 'value') {
    spaces.push('value', valueEntity(valueType(context, spaces, defined.type, defined.offset)));
  } else if (defined.results > 0) {
    spaces.push('value', valueEntity(spaces.entity('func', defined.func)?.func.result));
  }
}

function externEntity(
  context: EvaluationContext,
  spaces: IndexSpaces,
  type: Extract<ExternType, { tag: 'core-module' | 'value' }>,
  offset: number,
): Entity | undefined {
  if (type.tag === 'core-module') return moduleEntity(context, spaces, type.type, offset);
  return valueEntity(
    type.bound.tag === 'eq'
      ? valueAt(context, spaces, type.bound.value, offset)
      : valueType(context, spaces, type.bound.type, offset),
  );
}

function moduleEntity(
  context: EvaluationContext,
  spaces: IndexSpaces,
  index: number,
  offset: number,
): Entity | undefined {
  checkBounds(context, 'core type', index, spaces.coreTypes.length, offset);
  const node = spaces.coreTypes[index];
  if (node === undefined) return undefined;
  if (node.type.tag !== 'module') {
    context.fault('wrong-type-sort', offset, index);
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

function valueEntity(type: ValueNode | undefined): Entity | undefined {
  return type && { tag: 'value', type };
}
