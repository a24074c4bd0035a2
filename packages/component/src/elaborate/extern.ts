import type { ExternType } from '../ast.ts';
import type { Context } from './context.ts';
import { evaluateDeclarations } from './evaluate.ts';
import {
  type Entity,
  type InstanceNode,
  type InstanceTypeNode,
  type ModuleNode,
  named,
  peel,
} from './nodes.ts';
import { Scope } from './scope.ts';
import { subModule } from '../core/subtype.ts';
import { DecodeError } from '../decode-error.ts';
import { a } from '../words.ts';
import { moduleTypeOf } from './modules.ts';
import type { Mismatch } from './mismatch.ts';
import { sameFunc, sameType, sameValue, subComponent } from './subtype.ts';
import { article, outOfBounds, typeAt, valueType } from './types.ts';

/**
 * The entity that an import of a type, or an export declaration of one, introduces. Where the actual entity is given
 * (an argument of an instantiation), the abstract resources of the type are those of the actual one.
 */
export interface Actual {
  readonly entity: Entity;
  /** Told of every difference to the type; absent where differences have been looked for before. */
  readonly mismatch?: Mismatch;
}

export function externEntity(
  context: Context,
  scope: Scope,
  type: ExternType,
  offset: number,
  actual?: Actual,
): Entity | undefined {
  const found = actual?.entity;
  switch (type.tag) {
    case 'core-module': {
      const declared = moduleType(context, scope, type.type, offset);
      if (declared !== undefined && found !== undefined && checkSort('core module', actual)) {
        checkModule(declared.module, found, actual?.mismatch);
      }
      return declared;
    }
    case 'func': {
      const node = typeAt(context, scope, type.type, offset);
      if (node === undefined) return undefined;
      const func = peel(node);
      if (func.tag !== 'func') return wrongSort(context, 'a function type', type.type, func.tag, offset);
      if (
        found !== undefined &&
        checkSort('func', actual) &&
        found.tag === 'func' &&
        actual?.mismatch !== undefined
      ) {
        sameFunc(context, func, found.func, actual.mismatch);
      }
      return { tag: 'func', func };
    }
    case 'value': {
      const node =
        type.bound.tag === 'eq'
          ? valueAt(context, scope, type.bound.value, offset)
          : valueType(context, scope, type.bound.type, offset);
      if (node === undefined) return undefined;
      if (
        found !== undefined &&
        checkSort('value', actual) &&
        found.tag === 'value' &&
        actual?.mismatch !== undefined
      ) {
        sameValue(context, node, found.type, actual.mismatch);
      }
      return { tag: 'value', type: node };
    }
    case 'type':
      return typeEntity(context, scope, type, offset, actual);
    case 'component': {
      const node = typeAt(context, scope, type.type, offset);
      if (node === undefined) return undefined;
      const component = peel(node);
      if (component.tag !== 'component')
        return wrongSort(context, 'a component type', type.type, component.tag, offset);
      if (
        found !== undefined &&
        checkSort('component', actual) &&
        found.tag === 'component' &&
        actual?.mismatch !== undefined
      ) {
        subComponent(context, component, found.component, offset, actual.mismatch);
      }
      return { tag: 'component', component };
    }
    case 'instance': {
      const node = typeAt(context, scope, type.type, offset);
      if (node === undefined) return undefined;
      const instance = peel(node);
      if (instance.tag !== 'instance')
        return wrongSort(context, 'an instance type', type.type, instance.tag, offset);
      if (found !== undefined && !checkSort('instance', actual)) return undefined;
      const given =
        found?.tag === 'instance' ? { instance: found.instance, mismatch: actual?.mismatch } : undefined;
      return { tag: 'instance', instance: instanceOf(context, instance, offset, given) };
    }
  }
}

function checkModule(declared: ModuleNode, found: Entity, mismatch: Mismatch | undefined): void {
  if (found.tag !== 'core module' || mismatch === undefined) return;
  const expected = moduleTypeOf(declared);
  const given = moduleTypeOf(found.module);
  if (expected instanceof DecodeError || given instanceof DecodeError) return;
  subModule(expected, given, mismatch);
}

function typeEntity(
  context: Context,
  scope: Scope,
  type: Extract<ExternType, { tag: 'type' }>,
  offset: number,
  actual?: Actual,
): Entity | undefined {
  const declared = type.bound.tag === 'eq' ? typeAt(context, scope, type.bound.type, offset) : undefined;
  if (type.bound.tag === 'eq' && declared === undefined) return undefined;
  const found = actual?.entity;
  if (found === undefined) {
    return {
      tag: 'type',
      type: declared === undefined ? { tag: 'resource', id: context.nextResourceId() } : named(declared),
    };
  }
  if (!checkSort('type', actual) || found.tag !== 'type') return undefined;
  if (actual?.mismatch !== undefined) {
    if (declared !== undefined) sameType(context, declared, found.type, offset, actual.mismatch);
    else if (peel(found.type).tag !== 'resource')
      actual.mismatch.add(`expected a resource, found ${article(peel(found.type).tag)}`);
  }
  if (declared === undefined && peel(found.type).tag !== 'resource') return undefined;
  return found;
}

/** Evaluates an instance type: each instance of it has resources and names of its own. */
export function instanceOf(
  context: Context,
  type: InstanceTypeNode,
  offset: number,
  actual?: { readonly instance: InstanceNode; readonly mismatch: Mismatch | undefined },
): InstanceNode {
  const scope = new Scope('instance type', type.surroundings);
  context.nested(offset, () => {
    context.quietly(() => evaluateDeclarations(context, scope, type.declarations, { exports: actual }));
  });
  return { exports: scope.exports };
}

function checkSort(sort: Entity['tag'], actual: Actual | undefined): boolean {
  if (actual === undefined || actual.entity.tag === sort) return true;
  actual.mismatch?.add(`expected ${a(sort)}, found ${a(actual.entity.tag)}`);
  return false;
}

function wrongSort(
  context: Context,
  expected: string,
  index: number,
  found: string,
  offset: number,
): undefined {
  context.report(
    'wrong-type-sort',
    `type ${index} is ${article(found)}, but ${expected} is needed here`,
    offset,
  );
}

function moduleType(
  context: Context,
  scope: Scope,
  index: number,
  offset: number,
): Extract<Entity, { tag: 'core module' }> | undefined {
  if (index >= scope.coreTypes.length) {
    context.report('index-out-of-bounds', outOfBounds('core type', index, scope.coreTypes.length), offset);
  }
  const node = scope.coreTypes[index];
  if (node === undefined) return undefined;
  if (node.type.tag !== 'module') {
    context.report('wrong-type-sort', `core type ${index} is not a module type`, offset);
    return undefined;
  }
  return { tag: 'core module', module: { tag: 'type', type: node.type, surroundings: node.surroundings } };
}

function valueAt(context: Context, scope: Scope, index: number, offset: number): Scope['values'][number] {
  if (index >= scope.values.length)
    context.report('index-out-of-bounds', outOfBounds('value', index, scope.values.length), offset);
  return scope.values[index];
}
