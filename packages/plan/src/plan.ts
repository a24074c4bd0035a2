import type { CanonicalOptions, FuncType } from '@wit-ts/abi';
import type { Canon, Component } from '@wit-ts/component';
import type { Type, TypeDef } from '@wit-ts/model';
import type { ComponentTypeNode, EnclosingSpaces, FuncRef } from '@wit-ts/component/elaborate';

export type { FuncRef } from '@wit-ts/component/elaborate';

/**
 * A component in which everything that its bytes determine is resolved: nested components are inlined, aliases are
 * followed, and there are no index spaces. An instance only runs a list of steps over numbered slots.
 */
export interface Plan {
  /** The core modules inside, as views into the component's bytes. */
  readonly modules: readonly Uint8Array[];
  /** The imports of the root component, in its order. */
  readonly imports: readonly PlanImport[];
  /** The component instances; the first is the root. */
  readonly instances: readonly PlanInstance[];
  readonly resources: readonly PlanResource[];
  readonly lifts: readonly PlanLift[];
  readonly trampolines: readonly Trampoline[];
  readonly coreInstances: number;
  readonly steps: readonly PlanStep[];
  readonly exports: ReadonlyMap<string, PlanExport>;
  /**
   * Set when components or core modules are imported, or components exported. A plan that still needs components
   * cannot run.
   */
  readonly higherOrder?: true;
}

/** A component instance of the plan. */
export interface PlanInstance {
  /** The component instance that contains it; none for the root. */
  readonly parent: number | undefined;
  /** The name for messages: the one in the component's text if the name section has it. */
  readonly name: string;
}

/** A step of an instantiation. Steps run in their order: each refers to slots that earlier steps filled. */
export type PlanStep =
  | {
      readonly tag: 'instantiate-core';
      readonly module: ModuleRef;
      readonly args: readonly CoreArg[];
      /** The slot of the core instance made. */
      readonly into: number;
      /** The component instance it belongs to. */
      readonly instance: number;
    }
  /** Makes a core function out of `trampolines[index]`. */
  | { readonly tag: 'trampoline'; readonly index: number }
  /** Makes the resource type of `resources[index]`, new for each instance. */
  | { readonly tag: 'resource'; readonly index: number };

export interface CoreArg {
  readonly name: string;
  readonly value:
    | { readonly tag: 'instance'; readonly instance: number }
    | {
        readonly tag: 'exports';
        readonly exports: readonly { readonly name: string; readonly value: CoreRef }[];
      };
}

/** A core function, table, memory, global or tag. */
export type CoreRef =
  | { readonly tag: 'export'; readonly instance: number; readonly name: string }
  | { readonly tag: 'trampoline'; readonly index: number };

/** A reference to a core module. */
export type ModuleRef =
  { readonly tag: 'module'; readonly index: number } | { readonly tag: 'import'; readonly import: number };

/** Canonical options with their memory and functions resolved. */
export interface PlanOptions {
  readonly canonical: CanonicalOptions;
  readonly memory?: CoreRef;
  readonly realloc?: CoreRef;
  readonly postReturn?: CoreRef;
  readonly callback?: CoreRef;
}

/**
 * A `canon lift`. It is bound at each of its uses: in `exports` for the host, and in a `lower` for another component.
 */
export interface PlanLift {
  /** The name of its first export. */
  readonly name: string;
  readonly type: FuncType;
  readonly core: CoreRef;
  readonly options: PlanOptions;
  readonly instance: number;
}

/** A core function that is not a function of a core module: a `canon lower` or a built-in. */
export type Trampoline =
  | {
      readonly tag: 'lower';
      readonly func: FuncRef;
      readonly type: FuncType;
      readonly options: PlanOptions;
      readonly instance: number;
    }
  | {
      readonly tag: 'resource.new' | 'resource.drop' | 'resource.rep';
      readonly resource: number;
      readonly instance: number;
    }
  /** A built-in of concurrency. */
  | {
      readonly tag: 'builtin';
      readonly canon: Canon;
      /** For `task.return`, the type of the result; for others the stream or future. */
      readonly type?: Type;
      /** For a built-in that has a memory only, the options that name it. */
      readonly options?: PlanOptions;
      /** The table of `thread.new-indirect`. */
      readonly table?: CoreRef;
      readonly instance: number;
    };

/** A resource type, which each instance makes again. */
export type PlanResource =
  /** Given by the host: `import` names it. */
  | { readonly tag: 'host'; readonly type: TypeDef; readonly name: string; readonly import: number }
  | {
      readonly tag: 'guest';
      readonly type: TypeDef;
      readonly name: string;
      readonly instance: number;
      readonly destructor?: CoreRef;
    };

/** A compiled core module whose bytes are not available. */
export interface KnownModule {
  readonly module: object;
}

/**
 * An item that the host gives. Each function, resource, module and component of an imported instance is a separate
 * item.
 */
export interface PlanImport {
  /** The import's name, and within an imported instance the names that lead to the item. */
  readonly path: readonly string[];
  readonly item:
    | { readonly tag: 'func'; readonly type: FuncType }
    | { readonly tag: 'resource'; readonly resource: number }
    /** Another name, `(type (eq $r))`, of the resource that the import with the number `of` gives. */
    | { readonly tag: 'resource-alias'; readonly of: number }
    /** An instance that needs nothing from the host, such as an interface of types only. */
    | { readonly tag: 'instance' }
    | { readonly tag: 'module' }
    | { readonly tag: 'component'; readonly declared: ComponentTypeNode }
    /** A core module that the component takes from around it, and that is known already. */
    | { readonly tag: 'known'; readonly value: KnownModule };
}

/** An export of the root component, or of an instance that it exports. */
export type PlanExport =
  | { readonly tag: 'func'; readonly func: FuncRef; readonly type: FuncType }
  | { readonly tag: 'instance'; readonly exports: ReadonlyMap<string, PlanExport> }
  | { readonly tag: 'resource'; readonly resource: number }
  | { readonly tag: 'module'; readonly module: ModuleRef }
  | PlanComponent
  /** An export without a value at run time: a type, or a component that is not given yet. */
  | { readonly tag: 'none'; readonly component?: true };

/** An exported component, with the index spaces that it may use. */
export interface PlanComponent {
  readonly tag: 'component';
  readonly component: Component;
  /** The index spaces around its definition; absent for a component that stands alone. */
  readonly enclosing: EnclosingSpaces | undefined;
  /** The host's object, when the host gave the component. */
  readonly value?: object;
}
