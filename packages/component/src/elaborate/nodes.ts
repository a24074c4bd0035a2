import type { Func, PrimitiveType, Type, TypeDef } from '@wit-ts/model';
import type { Component, CoreType, CoreValType, Declaration, DefValType, ExternName } from '../ast.ts';
import type { EnclosingSpaces, IndexSpaces } from './index-spaces.ts';

/**
 * A type of a type index space with its indices resolved. Two resources are the same type when they are the same
 * node. All other types compare by structure.
 */
export type EvaluatedType =
  ResourceNode | DefinedNode | EvaluatedFunc | InstanceTypeNode | ComponentTypeNode | NamedNode;

/** A resource type. Each evaluation of its definition, and of an import or export `(sub resource)`, makes a new one. */
export interface ResourceNode {
  readonly tag: 'resource';
  readonly id: number;
  /** The definition that stands for the resource in every type of the model that mentions it. */
  readonly model: TypeDef;
  /** The component that defines the resource, and its representation; absent for abstract resources. */
  readonly definition: { readonly spaces: IndexSpaces; readonly rep: CoreValType } | undefined;
}

export interface DefinedNode {
  readonly tag: 'defined';
  readonly type: DefValType;
  /** The types that the definition mentions, in the order of the binary. Parts without a type have no entry. */
  readonly children: readonly ValueNode[];
  /** The resource of a handle, as the node that the definition mentions, which may be a name of the resource. */
  readonly resource: ResourceNode | NamedNode | undefined;
  /** How deep types nest in the definition: 1 for one without types inside. */
  readonly depth: number;
  readonly hasBorrow: boolean;
  /** The same type of the model, without names and aliases, which change nothing at run time. */
  readonly model: Type;
}

/** A function type of the model, without a name. */
export type ModelFuncType = Pick<Func, 'async' | 'params' | 'result'>;

export interface EvaluatedFunc {
  readonly tag: 'func';
  readonly async: boolean;
  readonly params: readonly { readonly name: string; readonly type: ValueNode }[];
  readonly result: ValueNode | undefined;
  readonly model: ModelFuncType;
}

/**
 * An instance type. Its declarations are evaluated anew for each instance, because each has its own resources and
 * names.
 */
export interface InstanceTypeNode {
  readonly tag: 'instance';
  readonly declarations: readonly Declaration[];
  readonly enclosing: EnclosingSpaces;
}

export interface ComponentTypeNode {
  readonly tag: 'component';
  readonly declarations: readonly Declaration[];
  readonly enclosing: EnclosingSpaces;
}

/** The type that an import or export of a type introduces: a name for `of` that makes it visible outside. */
export interface NamedNode {
  readonly tag: 'named';
  readonly of: EvaluatedType;
  readonly target: Exclude<EvaluatedType, NamedNode>;
}

export type ValueNode = PrimitiveType | DefinedNode | NamedNode;

export type Entity =
  | { readonly tag: 'core module'; readonly module: ModuleNode }
  | FuncEntity
  | { readonly tag: 'value'; readonly type: ValueNode }
  | { readonly tag: 'type'; readonly type: EvaluatedType }
  | { readonly tag: 'component'; readonly component: ComponentNode }
  | { readonly tag: 'instance'; readonly instance: InstanceNode };

/** A function. It is one function wherever an alias, an argument or an export hands on the same object. */
interface FuncEntity {
  readonly tag: 'func';
  readonly func: EvaluatedFunc;
  /** Set by a planner, which follows the function to its users; a look-up for each use would take longer. */
  ref: FuncRef | undefined;
}

/** Where a function of a plan comes from: the number of the import or of the `canon lift`. */
export type FuncRef =
  { readonly tag: 'import'; readonly import: number } | { readonly tag: 'lift'; readonly index: number };

export interface InstanceNode {
  readonly exports: ReadonlyMap<string, Exported>;
  /** How deep instances nest in its exports: 1 when it exports none. */
  readonly depth: number;
}

/** An export, or an import. `entity` is absent when it is faulty, and the fault has been reported. */
export interface Exported {
  readonly name: ExternName;
  readonly entity: Entity | undefined;
}

/** A component's body or its type. Instantiating it evaluates it with the arguments in place of its imports. */
export type ComponentNode = ComponentBodyNode | ComponentTypeNode;

export interface ComponentBodyNode {
  readonly tag: 'body';
  readonly component: Component;
  /** The index spaces around the definition; absent for a component that stands alone. */
  readonly enclosing: EnclosingSpaces | undefined;
  /** The host's object for the component, when the host gave it. */
  readonly value?: object;
}

export type ModuleNode =
  | { readonly tag: 'body'; readonly bytes: Uint8Array; readonly offset: number }
  | {
      readonly tag: 'type';
      readonly type: Extract<CoreType, { tag: 'module' }>;
      readonly enclosing: EnclosingSpaces;
    };

/** An entry of a core type index space. */
export interface CoreTypeNode {
  readonly type: CoreType;
  /** Which type of a recursion group it is. */
  readonly member: number;
  readonly enclosing: EnclosingSpaces;
}

export function named(of: EvaluatedType): NamedNode {
  return { tag: 'named', of, target: of.tag === 'named' ? of.target : of };
}

export function peel(node: EvaluatedType): Exclude<EvaluatedType, NamedNode> {
  return node.tag === 'named' ? node.target : node;
}

/** Returns the model's type for an evaluated type: the same object for the same node, and for the same resource. */
export function modelOf(node: ValueNode): Type {
  return typeof node === 'string' ? node : (peel(node) as DefinedNode).model;
}

/** Returns the structure of a value type. A primitive that has a name or an index is the primitive. */
export function peelValue(node: ValueNode): PrimitiveType | DefinedNode {
  if (typeof node === 'string') return node;
  const target = node.tag === 'named' ? (node.target as DefinedNode) : node;
  return target.type.tag === 'primitive' ? target.type.type : target;
}
