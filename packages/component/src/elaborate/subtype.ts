import { withArticle } from '../with-article.ts';
import { subModule } from '../core/subtype.ts';
import { DecodeError } from '../decode-error.ts';
import type { EvaluationContext, TypeComparer } from './evaluation-context.ts';
import { evaluateDeclarations, instanceOf } from './declarations.ts';
import { typeNodeText } from './fault-texts.ts';
import { givenExports, givenImports, instantiateAsDeclared } from './as-declared.ts';
import { labelsOf } from './labels.ts';
import type { MismatchCollector } from './mismatch-collector.ts';
import {
  type ComponentNode,
  type ComponentTypeNode,
  type DefinedNode,
  type EvaluatedFunc,
  peel,
  peelValue,
  type ModuleNode,
  type ResourceNode,
  type EvaluatedType,
  type ValueNode,
} from './nodes.ts';
import { moduleTypeOf } from './module-type-of.ts';
import { differenceOf, partName } from './type-difference.ts';
import { IndexSpaces } from './index-spaces.ts';

/** Compares types by the rules of the specification; see `docs/adr` for the other comparers and why each exists. */
export const typeComparer: TypeComparer = {
  type: sameType,
  value: compareValues,
  func: sameFunc,
  component: subComponent,
  module: compareModules,
};

/**
 * Compares two types that must be equal (`Explainer.md`, "Type Checking"); instance and component types compare by
 * subtyping.
 */
function sameType(
  context: EvaluationContext,
  expected: EvaluatedType,
  found: EvaluatedType,
  offset: number,
  mismatch: MismatchCollector,
): void {
  const left = peel(expected);
  const right = peel(found);
  if (left === right) return;
  if (left.tag !== right.tag) {
    mismatch.add(`expected ${typeNodeText(left.tag)}, found ${typeNodeText(right.tag)}`);
  } else if (left.tag === 'resource') {
    mismatch.add('it is a different resource');
  } else if (left.tag === 'defined') {
    compareValues(context, left, right as DefinedNode, mismatch);
  } else if (left.tag === 'func') {
    sameFunc(context, left, right as EvaluatedFunc, mismatch);
  } else if (left.tag === 'component') {
    subComponent(context, left, right as ComponentTypeNode, offset, mismatch);
  } else if (right.tag === 'instance') {
    const instance = instanceOf(context, right, offset);
    instanceOf(context, left, offset, givenExports(context, instance, mismatch));
  }
}

function sameFunc(
  context: EvaluationContext,
  expected: EvaluatedFunc,
  found: EvaluatedFunc,
  mismatch: MismatchCollector,
): void {
  if (expected === found) return;
  context.spend(expected.params.length);
  if (expected.async !== found.async) {
    mismatch.add(`expected ${expected.async ? 'an async' : 'a synchronous'} function, found the other kind`);
  }
  if (expected.params.length !== found.params.length) {
    mismatch.add(`expected ${expected.params.length} parameters, found ${found.params.length}`);
    return;
  }
  for (const [i, param] of expected.params.entries()) {
    const other = found.params[i]!;
    if (param.name !== other.name)
      mismatch.add(`expected a parameter \`${param.name}\`, found \`${other.name}\``);
    compareValues(context, param.type, other.type, mismatch.at(`parameter \`${param.name}\``));
  }
  if ((expected.result === undefined) !== (found.result === undefined)) {
    mismatch.add(
      expected.result === undefined ? 'expected no result, found one' : 'expected a result, found none',
    );
  } else if (expected.result !== undefined && found.result !== undefined) {
    compareValues(context, expected.result, found.result, mismatch.at('result'));
  }
}

export function compareValues(
  context: EvaluationContext,
  expected: ValueNode,
  found: ValueNode,
  mismatch: MismatchCollector,
): void {
  const left = peelValue(expected);
  const right = peelValue(found);
  if (left === right || shapeOf(context, left) === shapeOf(context, right)) return;
  if (typeof left === 'string' || typeof right === 'string' || left.type.tag !== right.type.tag) {
    mismatch.add(`expected ${kindOf(left)}, found ${kindOf(right)}`);
    return;
  }
  if (left.resource !== undefined) {
    mismatch.add(`the \`${left.type.tag}\` handle is for a different resource`);
    return;
  }
  const difference = differenceOf(left, right);
  if (difference !== undefined) {
    mismatch.add(difference);
    return;
  }
  const child = left.children.findIndex((part, i) => !sameShape(context, part, right.children[i]!));
  if (child < 0) {
    mismatch.add(`expected a different ${left.type.tag}`);
    return;
  }
  const here = partName(left.type, child);
  compareValues(context, left.children[child]!, right.children[child]!, mismatch.at(here));
}

function kindOf(node: string | DefinedNode): string {
  return typeof node === 'string' ? node : withArticle(node.type.tag);
}

function sameShape(context: EvaluationContext, left: ValueNode, right: ValueNode): boolean {
  return shapeOf(context, peelValue(left)) === shapeOf(context, peelValue(right));
}

/**
 * Numbers structures for one evaluation, in which resources have numbers of their own: equal structures get equal
 * numbers.
 */
class Shapes {
  readonly byDescription = new Map<string, number>();
  readonly byNode = new Map<DefinedNode, number>();

  number(description: string): number {
    let number = this.byDescription.get(description);
    if (number === undefined) {
      number = this.byDescription.size;
      this.byDescription.set(description, number);
    }
    return number;
  }
}

const shapes = new WeakMap<EvaluationContext, Shapes>();

function shapesOf(context: EvaluationContext): Shapes {
  let found = shapes.get(context);
  if (found === undefined) shapes.set(context, (found = new Shapes()));
  return found;
}

/**
 * Returns equal numbers for equal structures. Definitions share parts, so comparing part by part could take
 * exponential time.
 */
function shapeOf(context: EvaluationContext, node: string | DefinedNode): number {
  const known = shapesOf(context);
  if (typeof node === 'string') return known.number(node);
  const number = known.byNode.get(node);
  if (number !== undefined) return number;
  const { type } = node;
  const parts: unknown[] = [type.tag, labelsOf(type)];
  if (type.tag === 'variant') parts.push(type.cases.map((variantCase) => variantCase.type !== undefined));
  if (type.tag === 'result') parts.push(type.ok !== undefined, type.err !== undefined);
  if (type.tag === 'fixed-length-list') parts.push(type.length);
  if (node.resource !== undefined) parts.push((peel(node.resource) as ResourceNode).id);
  parts.push(node.children.map((child) => shapeOf(context, peelValue(child))));
  const shape = known.number(JSON.stringify(parts));
  known.byNode.set(node, shape);
  return shape;
}

/**
 * Compares a component with the component type that is expected: given the expected imports, it must need no others,
 * and it must export what is expected.
 */
export function subComponent(
  context: EvaluationContext,
  expected: ComponentTypeNode,
  found: ComponentNode,
  offset: number,
  mismatch: MismatchCollector,
): void {
  if (expected === found) return;
  context.nested(offset, expected.declarations, () => {
    const assumed = new IndexSpaces('component type', expected.enclosing);
    context.quietly(() => evaluateDeclarations(context, assumed, expected.declarations));
    const entities = new Map([...assumed.imports].map(([name, { entity }]) => [name, entity] as const));
    const instance = instantiateAsDeclared(context, found, entities, offset, mismatch);
    const spaces = new IndexSpaces('component type', expected.enclosing);
    const given = {
      ...givenImports(context, entities, undefined),
      ...givenExports(context, instance, mismatch),
    };
    context.quietly(() => evaluateDeclarations(context, spaces, expected.declarations, given));
  });
}

/** Compares core modules. One whose bytes are faulty has been reported. */
function compareModules(expected: ModuleNode, found: ModuleNode, mismatch: MismatchCollector): void {
  const [left, right] = [moduleTypeOf(expected), moduleTypeOf(found)];
  if (left instanceof DecodeError || right instanceof DecodeError) return;
  subModule(left, right, mismatch);
}
