import { DecodeError } from '../decode-error.ts';
import type { Component, Declaration } from '../ast.ts';
import type { CoreItem } from '../core/module-type.ts';
import { moduleTypeOf } from '../elaborate/module-type-of.ts';
import {
  type ComponentNode,
  type Entity,
  type Exported,
  type EvaluatedFunc,
  type InstanceNode,
  type ModuleNode,
  peel,
  type EvaluatedType,
  type ValueNode,
} from '../elaborate/nodes.ts';

/** The largest size of a type. The reference implementation has the same limit; the specification has none. */
export const MAX_TYPE_SIZE = 1_000_000;

/**
 * The sizes of types: how many parts a type has when the types that it mentions are written out where they are
 * mentioned. Definitions share parts, so a few hundred bytes can define a type with 2^60 of them, and a walk over such
 * a type without a memo would not end.
 */
export class TypeSizes {
  readonly #sizes = new WeakMap<object, number>();

  /** Records the size of a component, or of a component or instance type, from its imports and exports. */
  recordScope(
    key: Component | readonly Declaration[],
    ...names: readonly ReadonlyMap<string, Exported>[]
  ): number {
    const size = names.reduce((sum, scope) => sum + this.#exported(scope), 1);
    return this.#record(key, size);
  }

  entity(entity: Entity): number {
    switch (entity.tag) {
      case 'type':
        return this.type(entity.type);
      case 'func':
        return this.type(entity.func);
      case 'value':
        return this.#value(entity.type);
      case 'instance':
        return this.#instance(entity.instance);
      case 'component':
        return this.#component(entity.component);
      case 'core module':
        return this.#module(entity.module);
    }
  }

  type(node: EvaluatedType): number {
    const target = peel(node);
    switch (target.tag) {
      case 'resource':
        return 1;
      case 'instance':
      case 'component':
        return this.#sizes.get(target.declarations) ?? 1;
      default: {
        const types = target.tag === 'defined' ? target.children : mentioned(target);
        return (
          this.#sizes.get(target) ??
          this.#record(
            target,
            types.reduce((sum, type) => sum + this.#value(type), 1),
          )
        );
      }
    }
  }

  #value(type: ValueNode): number {
    return typeof type === 'string' ? 1 : this.type(type);
  }

  #instance(node: InstanceNode): number {
    return this.#sizes.get(node) ?? this.#record(node, 1 + this.#exported(node.exports));
  }

  #component(node: ComponentNode): number {
    return this.#sizes.get(node.tag === 'body' ? node.component : node.declarations) ?? 1;
  }

  #module(node: ModuleNode): number {
    const key = node.tag === 'type' ? node.type : node.bytes;
    const known = this.#sizes.get(key);
    if (known !== undefined) return known;
    const type = moduleTypeOf(node);
    let size = 1;
    if (!(type instanceof DecodeError)) {
      for (const { item } of type.imports) size += itemSize(item);
      for (const item of type.exports.values()) size += itemSize(item);
    }
    return this.#record(key, size);
  }

  #exported(names: ReadonlyMap<string, Exported>): number {
    let size = 0;
    for (const { entity } of names.values()) size += entity === undefined ? 1 : this.entity(entity);
    return size;
  }

  /** A type that is too large counts as small where it is used, so that it is reported once. */
  #record(key: object, size: number): number {
    this.#sizes.set(key, size > MAX_TYPE_SIZE ? 1 : size);
    return size;
  }
}

function mentioned({ params, result }: EvaluatedFunc): readonly ValueNode[] {
  const types = params.map(({ type }) => type);
  return result === undefined ? types : [...types, result];
}

function itemSize(item: CoreItem): number {
  if (item.tag !== 'func' && item.tag !== 'tag') return 1;
  return 1 + (item.type === undefined ? 0 : item.type.params.length + item.type.results.length);
}
