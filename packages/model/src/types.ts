import type { PrimitiveType } from './primitives.ts';

/**
 * Value types of WIT (`design/mvp/WIT.md`, "Types"; `Explainer.md`, "Fundamental value types").
 *
 * A `Type` is a primitive, written as its keyword, or a `TypeDef` by reference. Everything that has structure
 * is a `TypeDef`, named or anonymous, so that two mentions of one definition are one object.
 */
export type Type = PrimitiveType | TypeDef;

/** A definition of a type. It has a name if WIT names it; `list<u8>` and similar types are anonymous. */
export interface TypeDef {
  readonly name?: string;
  readonly kind: TypeDefKind;
  /** The interface or world that contains a named definition; absent for anonymous types. */
  readonly owner?: Owner;
  readonly docs?: Docs;
  readonly stability?: Stability;
  readonly externalId?: string;
}

export type Owner = Interface | World;

/** Whether a component imports or exports something. */
export type Direction = 'import' | 'export';

/** The kinds of type definitions, each with its parts. */
export type TypeDefKind =
  | { readonly tag: 'record'; readonly fields: readonly Field[] }
  | { readonly tag: 'flags'; readonly flags: readonly Flag[] }
  | { readonly tag: 'variant'; readonly cases: readonly Case[] }
  | { readonly tag: 'enum'; readonly cases: readonly EnumCase[] }
  | { readonly tag: 'tuple'; readonly types: readonly Type[] }
  | { readonly tag: 'option'; readonly type: Type }
  | { readonly tag: 'result'; readonly ok?: Type; readonly err?: Type }
  | { readonly tag: 'list'; readonly element: Type }
  | { readonly tag: 'fixed-length-list'; readonly element: Type; readonly length: number }
  | { readonly tag: 'map'; readonly key: Type; readonly value: Type }
  | { readonly tag: 'future'; readonly payload?: Type }
  | { readonly tag: 'stream'; readonly payload?: Type }
  | { readonly tag: 'own'; readonly resource: TypeDef }
  | { readonly tag: 'borrow'; readonly resource: TypeDef }
  | { readonly tag: 'resource' }
  /** `type a = b`, also for a primitive `b`, and `use i.{b as a}`. */
  | { readonly tag: 'alias'; readonly type: Type };

export interface Field {
  readonly name: string;
  readonly type: Type;
  readonly docs?: Docs;
}

export interface Flag {
  readonly name: string;
  readonly docs?: Docs;
}

export interface Case {
  readonly name: string;
  readonly type?: Type;
  readonly docs?: Docs;
}

export interface EnumCase {
  readonly name: string;
  readonly docs?: Docs;
}

/** The text of the comments before an item, without their markers. */
export interface Docs {
  readonly contents: string;
}

/** `@since`, `@unstable` and `@deprecated` (`WIT.md`, "Feature gates"). Versions are semver texts. */
export type Stability =
  | { readonly tag: 'stable'; readonly since: string; readonly deprecated?: string }
  | { readonly tag: 'unstable'; readonly feature: string; readonly deprecated?: string };

export interface Param {
  readonly name: string;
  readonly type: Type;
}

/**
 * A function. A method has its resource in `kind`, not in a mangled name, and `self` as its first parameter, as in the
 * reference's JSON. `name` is the plain WIT name: `open`, not `[method]file.open`, which `externName` returns. The
 * plain name of a constructor is its resource's name.
 */
export interface Func {
  readonly name: string;
  readonly kind: FuncKind;
  readonly async: boolean;
  readonly params: readonly Param[];
  readonly result?: Type;
  readonly docs?: Docs;
  readonly stability?: Stability;
  readonly externalId?: string;
}

export type FuncKind =
  | { readonly tag: 'freestanding' }
  | { readonly tag: 'method'; readonly resource: TypeDef }
  | { readonly tag: 'static'; readonly resource: TypeDef }
  | { readonly tag: 'constructor'; readonly resource: TypeDef };

/** An interface: types and functions under one name. */
export interface Interface {
  /** Absent for an interface written inline in a world. */
  readonly name?: string;
  readonly package?: Package;
  /** In the order of the source. */
  readonly types: ReadonlyMap<string, TypeDef>;
  /** Keyed by the annotated name (`[method]file.open`), in the order of the source. */
  readonly functions: ReadonlyMap<string, Func>;
  readonly docs?: Docs;
  readonly stability?: Stability;
  readonly externalId?: string;
  /** The original interface, if this one is a copy that the elaboration of a world made. */
  readonly cloneOf?: Interface;
}

/** A world: what a component may import and must export. */
export interface World {
  readonly name: string;
  readonly package?: Package;
  /** By plain name, or `ns:pkg/iface@version`. In the order of the reference implementation. */
  readonly imports: ReadonlyMap<string, WorldItem>;
  readonly exports: ReadonlyMap<string, WorldItem>;
  readonly docs?: Docs;
  readonly stability?: Stability;
  readonly externalId?: string;
}

export type WorldItem =
  | {
      readonly tag: 'interface';
      readonly interface: Interface;
      /**
       * The names of types and the annotated names of functions that the item contains; absent if it contains the whole
       * interface. A component may import a part of an interface and export the whole. Read items with `typesOf` and
       * `functionsOf`, which take it into account.
       */
      readonly only?: ReadonlySet<string>;
      readonly stability?: Stability;
      readonly docs?: Docs;
      readonly externalId?: string;
    }
  | { readonly tag: 'function'; readonly function: Func }
  | { readonly tag: 'type'; readonly type: TypeDef };

/** `namespace:name@version`. Two names are the same package if all three parts are equal. */
export interface PackageName {
  readonly namespace: string;
  readonly name: string;
  readonly version?: string;
}

/** A package: interfaces and worlds. */
export interface Package {
  readonly name: PackageName;
  readonly interfaces: ReadonlyMap<string, Interface>;
  readonly worlds: ReadonlyMap<string, World>;
  readonly docs?: Docs;
}

/**
 * Everything that belongs to one contract, in the order of the reference implementation: a package comes after its
 * dependencies, and a type after the types that it mentions.
 */
export interface Resolve {
  readonly packages: readonly Package[];
  readonly worlds: readonly World[];
  readonly interfaces: readonly Interface[];
  readonly types: readonly TypeDef[];
}

/**
 * A part of the model while it is being built. Packages, interfaces and types refer to each other in cycles, so
 * builders create objects first and fill them in later.
 */
export type Mutable<T> = {
  -readonly [K in keyof T]: T[K] extends ReadonlyMap<infer A, infer B> ? Map<A, B> : T[K];
};
