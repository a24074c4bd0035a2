import type { DefType, DefValType, ValType } from '../ast.ts';
import { withArticle } from '../with-article.ts';
import { type EvaluationContext, MAX_TYPE_DEPTH } from './evaluation-context.ts';
import {
  type DefinedNode,
  type EvaluatedFunc,
  type NamedNode,
  peel,
  type ResourceNode,
  type EvaluatedType,
  type ValueNode,
} from './nodes.ts';
import { type IndexSpaces, Snapshot } from './index-spaces.ts';

/** Returns the type at an index. Reports an index that names nothing (yet). */
export function typeAt(
  context: EvaluationContext,
  spaces: IndexSpaces,
  index: number,
  offset: number,
): EvaluatedType | undefined {
  checkBounds(context, 'type', index, spaces.count('type'), offset);
  return spaces.entity('type', index)?.type;
}

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
      return { tag: 'resource', id: context.nextResourceId(), definition: { spaces, rep: type.rep } };
    case 'own':
    case 'borrow':
      return handle(context, spaces, type, offset);
    default:
      return compound(context, spaces, type, offset);
  }
}

function defineFunc(
  context: EvaluationContext,
  spaces: IndexSpaces,
  { async, params, result }: Extract<DefType, { tag: 'func' }>,
  offset: number,
): EvaluatedFunc | undefined {
  const nodes: { name: string; type: ValueNode }[] = [];
  for (const { name, type } of params) {
    const node = valueType(context, spaces, type, offset);
    if (node !== undefined) nodes.push({ name, type: node });
  }
  const node = result === undefined ? undefined : valueType(context, spaces, result, offset);
  if (nodes.length < params.length || (node === undefined && result !== undefined)) return undefined;
  return node === undefined
    ? { tag: 'func', async, params: nodes }
    : { tag: 'func', async, params: nodes, result: node };
}

export function needsResource(what: string, index: number, tag: string): string {
  return `\`${what}\` needs a resource, but type ${index} is ${typeNodeText(tag)}`;
}

function handle(
  context: EvaluationContext,
  spaces: IndexSpaces,
  type: Extract<DefValType, { tag: 'own' | 'borrow' }>,
  offset: number,
): DefinedNode | undefined {
  const node = typeAt(context, spaces, type.resource, offset);
  if (node === undefined) return undefined;
  const target = peel(node);
  if (target.tag !== 'resource') {
    context.report('not-a-resource', needsResource(type.tag, type.resource, target.tag), offset);
    return undefined;
  }
  const resource = node as ResourceNode | NamedNode;
  return { tag: 'defined', type, children: [], resource, depth: 1, hasBorrow: type.tag === 'borrow' };
}

function compound(
  context: EvaluationContext,
  spaces: IndexSpaces,
  type: DefValType,
  offset: number,
): DefinedNode | undefined {
  const children: ValueNode[] = [];
  const parts = mentionedValueTypes(type);
  let depth = 1;
  let hasBorrow = false;
  for (const part of parts) {
    const child = valueType(context, spaces, part, offset);
    if (child === undefined) continue;
    children.push(child);
    if (typeof child === 'string') continue;
    const node = child.tag === 'named' ? (child.target as DefinedNode) : child;
    depth = Math.max(depth, node.depth + 1);
    hasBorrow ||= node.hasBorrow;
  }
  if (children.length < parts.length) return undefined;
  if (depth > MAX_TYPE_DEPTH) {
    context.report('type-too-deep', `types are nested more than ${MAX_TYPE_DEPTH} levels deep`, offset);
    return undefined;
  }
  return { tag: 'defined', type, children, depth, hasBorrow };
}

/**
 * Returns how many parts a definition has: fields, cases, flags, parameters. Declarations are counted when they are
 * evaluated.
 */
export function sizeOfDefinition(type: DefType): number {
  if ('fields' in type) return type.fields.length;
  if ('cases' in type) return type.cases.length;
  if ('names' in type) return type.names.length;
  if ('params' in type) return type.params.length;
  return 'types' in type ? type.types.length : 0;
}

/** Returns the types that a definition mentions, in the order of the binary. */
export function mentionedValueTypes(type: DefValType): readonly ValType[] {
  switch (type.tag) {
    case 'record':
      return type.fields.map((field) => field.type);
    case 'variant':
      return type.cases.flatMap((variantCase) => (variantCase.type === undefined ? [] : [variantCase.type]));
    case 'list':
    case 'fixed-length-list':
      return [type.element];
    case 'tuple':
      return type.types;
    case 'option':
      return [type.type];
    case 'result':
      return [type.ok, type.err].filter((part) => part !== undefined);
    case 'stream':
    case 'future':
      return type.payload === undefined ? [] : [type.payload];
    case 'map':
      return [type.key, type.value];
    default:
      return [];
  }
}
