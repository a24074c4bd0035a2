import { isLabel, isMapKeyType } from '@wit-ts/model';
import type { DefType } from '../ast.ts';
import { sameCoreFunc } from '../core/subtype.ts';
import type { EvaluationContext } from '../elaborate/evaluation-context.ts';
import { labelsOf } from '../elaborate/labels.ts';
import { type DefinedNode, type EvaluatedFunc, peelValue, type EvaluatedType } from '../elaborate/nodes.ts';
import { withArticle } from '../with-article.ts';
import { UniqueNames } from './names.ts';
import type { CheckedScope } from './checked-scope.ts';
import { isTooLarge } from './memory-use.ts';
import { gated } from './values.ts';

const MAX_FLAGS = 32;

const PART_NAMES: Readonly<Partial<Record<DefType['tag'], string>>> = {
  record: 'field',
  variant: 'case',
  enum: 'case',
  flags: 'flag',
  func: 'parameter',
  tuple: 'type',
};

/** Checks a definition without the types that it mentions: its parts and labels (`Binary.md`, "Type Definitions"). */
export function checkTypeForm(context: EvaluationContext, type: DefType, offset: number): void {
  const part = PART_NAMES[type.tag];
  if (part === undefined) {
    if (type.tag === 'fixed-length-list' && type.length === 0) {
      context.report('empty-list', 'a list of fixed length must have at least one element', offset);
    }
    return;
  }
  const labels = labelsOf(type);
  const count = type.tag === 'tuple' ? type.types.length : labels.length;
  if (count === 0 && type.tag !== 'func')
    context.report('empty-type', `${withArticle(type.tag)} must have at least one ${part}`, offset);
  if (type.tag === 'flags' && count > MAX_FLAGS)
    context.report('too-many-flags', `flags have at most ${MAX_FLAGS} labels, not ${count}`, offset);
  const called = type.tag === 'func' || type.tag === 'flags' ? part : `${type.tag} ${part}`;
  const unique = new UniqueNames(called);
  for (const label of labels) {
    if (!isLabel(label)) {
      const fault = label === '' ? 'is empty' : 'is not in kebab case';
      context.report('bad-label', `the name \`${label}\` of ${withArticle(called)} ${fault}`, offset);
    }
    unique.add(context, label, offset);
  }
}

/** Checks a `resourcetype`. Only components define resources, because each instance makes a new one. */
export function checkResource(
  context: EvaluationContext,
  { spaces, core }: CheckedScope,
  type: Extract<DefType, { tag: 'resource' }>,
  offset: number,
): void {
  if (spaces.kind !== 'component') {
    const message = `component and instance types cannot define resources; they declare one with an export \`(sub resource)\``;
    context.report('resource-in-type', message, offset);
    return;
  }
  if (type.rep === 'i64') gated(context, 'resources with a 64-bit representation', offset);
  else if (type.rep !== 'i32') {
    context.report(
      'bad-representation',
      `the representation of a resource must be i32, not ${type.rep}`,
      offset,
    );
  }
  if (type.destructor === undefined) return;
  const found = core.at(context, 'func', type.destructor, offset)?.type;
  if (found !== undefined && !sameCoreFunc({ params: [type.rep], results: [] }, found)) {
    context.report('wrong-core-type', `a destructor must have the type [${type.rep}] -> []`, offset);
  }
}

/** Checks a definition together with the types that it mentions. */
export function checkTypeMeaning(
  context: EvaluationContext,
  node: EvaluatedType | undefined,
  offset: number,
): void {
  if (node?.tag === 'func') checkFunc(context, node, offset);
  if (node?.tag === 'defined') checkDefined(context, node, offset);
}

function checkFunc(context: EvaluationContext, { result }: EvaluatedFunc, offset: number): void {
  if (result === undefined) return;
  const node = peelValue(result);
  if (typeof node !== 'string' && node.hasBorrow) {
    context.report('borrow-in-result', 'the result of a function cannot contain a `borrow`', offset);
  }
}

function isMapKey(type: ReturnType<typeof peelValue>): boolean {
  return typeof type === 'string' && isMapKeyType(type);
}

function checkDefined(context: EvaluationContext, node: DefinedNode, offset: number): void {
  const { tag } = node.type;
  const [first] = node.children;
  if (tag === 'map' && !isMapKey(peelValue(first!))) {
    context.report('bad-map-key', 'the keys of a map are booleans, integers, characters or strings', offset);
  }
  if (tag === 'stream' && first !== undefined && peelValue(first) === 'char') {
    context.report('stream-of-char', 'a stream of `char` is not allowed; use a stream of `u8`', offset);
  }
  if ((tag === 'stream' || tag === 'future') && node.hasBorrow) {
    context.report('borrow-in-stream', `a ${tag} cannot contain a \`borrow\``, offset);
  }
  if (isTooLarge(node.model)) {
    context.report('type-too-large', 'values of this type take 2^28 bytes or more in memory', offset);
  }
}
