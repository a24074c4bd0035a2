import { type Type, type TypeDef, ownProperties } from '@wit-ts/model';
import type { DefType, DefValType } from '../ast.ts';
import { type EvaluationContext, MAX_TYPE_DEPTH } from './evaluation-context.ts';
import { typeAt, valueType } from './index-lookup.ts';
import { modelKindOf } from './model-kind.ts';
import {
  type DefinedNode,
  type EvaluatedFunc,
  modelOf,
  type NamedNode,
  peel,
  type ResourceNode,
  type EvaluatedType,
  type ValueNode,
} from './nodes.ts';
import { type IndexSpaces, Snapshot } from './index-spaces.ts';

/** Resolves a type definition. Returns `undefined` when a part of it is faulty. */
export function defineType(
  context: EvaluationContext,
  spaces: IndexSpaces,
  type: DefType,
  offset: number,
): EvaluatedType | undefined {
  switch (type.tag) {
    case 'func':
      return defineFunc(context, spaces, type, offset);
    case 'instance':
    case 'component':
      return { tag: type.tag, declarations: type.declarations, enclosing: new Snapshot(spaces) };
    case 'resource':
      return context.newResource({ spaces, rep: type.rep });
    default:
      return defineValue(context, spaces, type, offset);
  }
}

function defineFunc(
  context: EvaluationContext,
  spaces: IndexSpaces,
  type: Extract<DefType, { tag: 'func' }>,
  offset: number,
): EvaluatedFunc | undefined {
  const { async } = type;
  const params: { name: string; type: ValueNode }[] = [];
  const modelParams: { name: string; type: Type }[] = [];
  for (const param of type.params) {
    const { name } = param;
    const node = valueType(context, spaces, param.type, offset);
    if (node === undefined) continue;
    params.push({ name, type: node });
    modelParams.push({ name, type: modelOf(node) });
  }
  const result = type.result === undefined ? undefined : valueType(context, spaces, type.result, offset);
  if (params.length < type.params.length || (result === undefined) !== (type.result === undefined))
    return undefined;
  const model = ownProperties({
    async,
    params: modelParams,
    result: result === undefined ? undefined : modelOf(result),
  });
  return { tag: 'func', async, params, result, model };
}

/** Stands for a faulty part of a type that is not used, because one of its parts is faulty. */
const FAULTY: TypeDef = { kind: { tag: 'resource' } };

function defineValue(
  context: EvaluationContext,
  spaces: IndexSpaces,
  type: DefValType,
  offset: number,
): DefinedNode | undefined {
  const children: ValueNode[] = [];
  let resource: ResourceNode | NamedNode | undefined;
  let depth = 1;
  let hasBorrow = type.tag === 'borrow';
  let isFaulty = false;
  const kind = modelKindOf(
    type,
    (part) => {
      const child = valueType(context, spaces, part, offset);
      if (child === undefined) {
        isFaulty = true;
        return FAULTY;
      }
      children.push(child);
      if (typeof child === 'string') return child;
      const node = peel(child) as DefinedNode;
      depth = Math.max(depth, node.depth + 1);
      hasBorrow ||= node.hasBorrow;
      return node.model;
    },
    (index) => {
      const node = typeAt(context, spaces, index, offset);
      const target = node && peel(node);
      if (target?.tag === 'resource') {
        resource = node as ResourceNode | NamedNode;
        return target.model;
      }
      if (target !== undefined) context.fault('not-a-resource', offset, type.tag, index, target.tag);
      isFaulty = true;
      return FAULTY;
    },
  );
  if (isFaulty) return undefined;
  if (depth > MAX_TYPE_DEPTH) {
    context.fault('type-too-deep', offset, MAX_TYPE_DEPTH);
    return undefined;
  }
  const model = kind.tag === 'alias' ? kind.type : { kind };
  return { tag: 'defined', type, children, resource, depth, hasBorrow, model };
}

/**
 * Returns how many parts a definition has: fields, cases, flags, parameters. Declarations are counted when they are
 * evaluated.
 */
export function sizeOfDefinition(type: DefType): number {
  switch (type.tag) {
    case 'record':
      return type.fields.length;
    case 'variant':
      return type.cases.length;
    case 'flags':
    case 'enum':
      return type.names.length;
    case 'func':
      return type.params.length;
    case 'tuple':
      return type.types.length;
    default:
      return 0;
  }
}
