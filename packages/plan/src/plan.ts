import type { CanonicalOptions, FuncType } from '@wit-ts/abi';
import type { Canon, Component } from '@wit-ts/component';
import type { Type, TypeDef } from '@wit-ts/model';
import type { ComponentTypeNode, EnclosingSpaces } from '@wit-ts/component/elaborate';

/**
 * A component with everything resolved that its bytes decide: nested components are inlined, aliases followed, index
 * spaces gone. What is left for an instance is a list of steps over numbered slots, which `runtime` executes and
 * `transpile` prints.
 */
export interface Plan {
  /** The core modules inside, as views into the component's bytes. */
  readonly modules: readonly Uint8Array[];
  /** What the root component imports, in its order. */
  readonly imports: readonly PlanImport[];
  /** The first is the root. */
  readonly instances: readonly PlanInstance[];
  readonly resources: readonly PlanResource[];
  readonly lifts: readonly PlanLift[];
  readonly trampolines: readonly Trampoline[];
  readonly coreInstances: number;
  readonly steps: readonly Step[];
  readonly exports: ReadonlyMap<string, PlanExport>;
  /** Components or core modules are imported, or components exported. One with components to be given has no steps that run. */
  readonly higherOrder?: true;
}

export interface PlanInstance {
  /** The component instance around it. */
  readonly parent: number | undefined;
  /** What messages call it: the name in the component's text, where its bytes still say it. */
  readonly name: string;
}

/** Steps must run in their order: each refers to slots that earlier ones filled. */
export type Step =
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

export type ModuleRef =
  { readonly tag: 'module'; readonly index: number } | { readonly tag: 'import'; readonly import: number };

/** A component function: one the host gives, or a lifted one. */
export type FuncRef =
  { readonly tag: 'import'; readonly import: number } | { readonly tag: 'lift'; readonly index: number };

/** Canonical options with their memory and functions resolved. */
export interface PlanOptions {
  readonly canonical: CanonicalOptions;
  readonly memory?: CoreRef;
  readonly realloc?: CoreRef;
  readonly postReturn?: CoreRef;
  readonly callback?: CoreRef;
}

/** A `canon lift`. It is bound where it is used: for the host in `exports`, for another component in a `lower`. */
export interface PlanLift {
  /** The name under which the component exports it first. */
  readonly name: string;
  readonly type: FuncType;
  readonly core: CoreRef;
  readonly options: PlanOptions;
  readonly instance: number;
}

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
  /** The built-ins of concurrency. */
  | {
      readonly tag: 'builtin';
      readonly canon: Canon;
      /** For `task.return`, what it returns. */
      readonly type?: Type;
      readonly options?: PlanOptions;
      readonly instance: number;
    };

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

/** A core module of which only the compiled form is at hand, with what else is known of it. */
export interface KnownModule {
  readonly module: object;
}

/** Something the host must give. An imported instance from which nothing is used needs nothing. */
export interface PlanImport {
  /** The import's name, and within an imported instance the names that lead to the item. */
  readonly path: readonly string[];
  readonly item:
    | { readonly tag: 'func'; readonly type: FuncType }
    | { readonly tag: 'resource'; readonly resource: number }
    | { readonly tag: 'module' }
    | { readonly tag: 'component'; readonly declared: ComponentTypeNode }
    /** A core module from around the component, which is known already. */
    | { readonly tag: 'known'; readonly value: KnownModule };
}

export type PlanExport =
  | { readonly tag: 'func'; readonly func: FuncRef; readonly type: FuncType }
  | { readonly tag: 'instance'; readonly exports: ReadonlyMap<string, PlanExport> }
  | { readonly tag: 'resource'; readonly resource: number }
  | { readonly tag: 'module'; readonly module: ModuleRef }
  | PlanComponent
  /** What has no value at run time: types, and components that nobody gave yet. */
  | { readonly tag: 'none'; readonly component?: true };

/** A component that is exported, with where it stands: it may use what is around it. */
export interface PlanComponent {
  readonly tag: 'component';
  readonly component: Component;
  /** The index spaces around its definition; absent for a component that stands alone. */
  readonly enclosing: EnclosingSpaces | undefined;
  /** What the host gave, where it did. */
  readonly value?: object;
}
