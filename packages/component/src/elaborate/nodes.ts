import type { PrimitiveType } from '@wit-ts/model';
import type {
  Component,
  CoreType,
  CoreValType,
  Declaration,
  DefType,
  DefValType,
  ExternName,
} from '../ast.ts';
import type { Scope, View } from './scope.ts';

/**
 * What stands in a type index space once its indices are resolved. Identity of objects is identity of types where that
 * matters: two resources are one type when they are one node; everything else compares by structure.
 */
export type TypeNode =
  ResourceNode | DefinedNode | FuncNode | InstanceTypeNode | ComponentTypeNode | NamedNode;

/** Abstract and generative: made by definitions, and by `(sub resource)` imports and exports. */
export interface ResourceNode {
  readonly tag: 'resource';
  readonly id: number;
  /** The component that defines it and its representation; absent for abstract resources. */
  readonly definition?: { readonly scope: Scope; readonly rep: CoreValType };
}

export interface DefinedNode {
  readonly tag: 'defined';
  readonly type: DefValType;
  /** The types it mentions, in the order of the binary; parts without a type have no entry. */
  readonly children: readonly ValueNode[];
  /** The resource of a handle: the node it was mentioned by, which may be a name of it. */
  readonly resource?: ResourceNode | NamedNode;
  /** How deep types nest in it, itself included. */
  readonly depth: number;
  readonly hasBorrow: boolean;
}

export interface FuncNode {
  readonly tag: 'func';
  readonly async: boolean;
  readonly params: readonly { readonly name: string; readonly type: ValueNode }[];
  readonly result?: ValueNode;
}

/** A type whose declarations are evaluated anew for each instance, because each has its own resources and names. */
export interface InstanceTypeNode {
  readonly tag: 'instance';
  readonly declarations: readonly Declaration[];
  readonly surroundings: View;
}

export interface ComponentTypeNode {
  readonly tag: 'component';
  readonly declarations: readonly Declaration[];
  readonly surroundings: View;
}

/** The index that an import or export of a type introduces: a name for `of`, and what makes `of` visible outside. */
export interface NamedNode {
  readonly tag: 'named';
  readonly of: TypeNode;
  readonly target: Exclude<TypeNode, NamedNode>;
}

export type ValueNode = PrimitiveType | DefinedNode | NamedNode;

export type Entity =
  | { readonly tag: 'core module'; readonly module: ModuleNode }
  | { readonly tag: 'func'; readonly func: FuncNode }
  | { readonly tag: 'value'; readonly type: ValueNode }
  | { readonly tag: 'type'; readonly type: TypeNode }
  | { readonly tag: 'component'; readonly component: ComponentNode }
  | { readonly tag: 'instance'; readonly instance: InstanceNode };

export interface InstanceNode {
  readonly exports: ReadonlyMap<string, Exported>;
}

/** `entity` is absent where it could not be made out, and the reason has been reported. */
export interface Exported {
  readonly name: ExternName;
  readonly entity: Entity | undefined;
}

/** A component's body or type together with where it stands: instantiating it evaluates it with its arguments. */
export type ComponentNode =
  { readonly tag: 'body'; readonly component: Component; readonly surroundings: View } | ComponentTypeNode;

export type ModuleNode =
  | { readonly tag: 'body'; readonly bytes: Uint8Array; readonly offset: number }
  | {
      readonly tag: 'type';
      readonly type: Extract<CoreType, { tag: 'module' }>;
      readonly surroundings: View;
    };

/** One slot of a core type index space. */
export interface CoreTypeNode {
  readonly type: CoreType;
  readonly surroundings: View;
}

export function named(of: TypeNode): NamedNode {
  return { tag: 'named', of, target: of.tag === 'named' ? of.target : of };
}

export function peel(node: TypeNode): Exclude<TypeNode, NamedNode> {
  return node.tag === 'named' ? node.target : node;
}

/** The structure of a value type: a primitive also where it was given a name or an index. */
export function peelValue(node: ValueNode): PrimitiveType | DefinedNode {
  if (typeof node === 'string') return node;
  const target = node.tag === 'named' ? (node.target as DefinedNode) : node;
  return target.type.tag === 'primitive' ? target.type.type : target;
}

/** The names of a type definition's parts, for comparing and for messages. */
export function labelsOf(type: DefType): readonly string[] {
  switch (type.tag) {
    case 'record':
      return type.fields.map((field) => field.name);
    case 'variant':
      return type.cases.map((variantCase) => variantCase.name);
    case 'flags':
    case 'enum':
      return type.names;
    case 'func':
      return type.params.map((param) => param.name);
    default:
      return [];
  }
}
