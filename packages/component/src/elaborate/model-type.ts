import type { Func, Type, TypeDef, TypeDefKind } from '@wit-ts/model';
import {
  type DefinedNode,
  type EvaluatedFunc,
  peel,
  peelValue,
  type ResourceNode,
  type ValueNode,
} from './nodes.ts';

/** A function type of the model, without a name. */
export type ModelFuncType = Pick<Func, 'async' | 'params' | 'result'>;

/**
 * The model's types for evaluated types. They have no names and no aliases, which change nothing at run time. The
 * same node gives the same object, and so does the same resource.
 */
export class ModelTypes {
  readonly #types = new Map<DefinedNode, TypeDef>();
  readonly #funcs = new Map<EvaluatedFunc, ModelFuncType>();
  readonly #resources = new Map<ResourceNode, TypeDef>();

  value(node: ValueNode): Type {
    const target = peelValue(node);
    if (typeof target === 'string') return target;
    let type = this.#types.get(target);
    if (type === undefined) {
      type = {
        kind: modelKindOf(
          target,
          (child) => this.value(child),
          () => this.resource(peel(target.resource!) as ResourceNode),
        ),
      };
      this.#types.set(target, type);
    }
    return type;
  }

  func(node: EvaluatedFunc): ModelFuncType {
    let type = this.#funcs.get(node);
    if (type === undefined) {
      const { async, result } = node;
      const params = node.params.map((param) => ({ name: param.name, type: this.value(param.type) }));
      type = result === undefined ? { async, params } : { async, params, result: this.value(result) };
      this.#funcs.set(node, type);
    }
    return type;
  }

  /** Returns the definition that stands for a resource in every type that mentions it. */
  resource(node: ResourceNode): TypeDef {
    let type = this.#resources.get(node);
    if (type === undefined) {
      type = { kind: { tag: 'resource' } };
      this.#resources.set(node, type);
    }
    return type;
  }
}

/**
 * Returns the kind of a type definition, given the model's types for the types and for the resource that it mentions.
 */
export function modelKindOf(
  { type, children }: DefinedNode,
  typeOf: (child: ValueNode) => Type,
  resource: () => TypeDef,
): TypeDefKind {
  const child = (index: number): Type => typeOf(children[index]!);
  switch (type.tag) {
    case 'primitive':
      return { tag: 'alias', type: type.type };
    case 'record':
      return { tag: 'record', fields: type.fields.map(({ name }, i) => ({ name, type: child(i) })) };
    case 'variant': {
      let next = 0;
      const cases = type.cases.map(({ name, type: payload }) => {
        if (payload === undefined) return { name };
        next += 1;
        return { name, type: child(next - 1) };
      });
      return { tag: 'variant', cases };
    }
    case 'list':
      return { tag: 'list', element: child(0) };
    case 'fixed-length-list':
      return { tag: 'fixed-length-list', element: child(0), length: type.length };
    case 'tuple':
      return { tag: 'tuple', types: children.map(typeOf) };
    case 'flags':
      return { tag: 'flags', flags: type.names.map((name) => ({ name })) };
    case 'enum':
      return { tag: 'enum', cases: type.names.map((name) => ({ name })) };
    case 'option':
      return { tag: 'option', type: child(0) };
    case 'result': {
      const ok = type.ok === undefined ? {} : { ok: child(0) };
      const err = type.err === undefined ? {} : { err: child(type.ok === undefined ? 0 : 1) };
      return { tag: 'result', ...ok, ...err };
    }
    case 'own':
    case 'borrow':
      return { tag: type.tag, resource: resource() };
    case 'stream':
    case 'future':
      return children.length === 0 ? { tag: type.tag } : { tag: type.tag, payload: child(0) };
    case 'map':
      return { tag: 'map', key: child(0), value: child(1) };
  }
}
