import type { FlatSpec, FuncType, FuseSpec, LiftSpec, LowerSpec, MoveSpec } from '@wit-ts/abi';
import type { CoreSignature } from '@wit-ts/concurrency';
import type { CallStyle, Keys } from '@wit-ts/mapping';
import type { CoreRef, ModuleRef, PlanComponent, Trampoline } from '@wit-ts/plan';

/**
 * How the functions of a component are made. A plan says which steps make an instance; the wiring adds every decision
 * about functions that does not depend on the instance: which call needs no Canonical ABI, which realloc must be
 * marked while it runs, which specification an engine gets, which resource types in which order.
 *
 * A wiring is plain data. `wire` computes it once for a component (and once more when instances are traced), and an
 * instance only executes it. All numbers are indices into the lists of the plan unless a comment says otherwise.
 */
export interface Wiring {
  /** How each trampoline of the plan is made. */
  readonly trampolines: readonly TrampolineWiring[];
  /** The component functions that are used, once for each use: by the host, or by another component. */
  readonly functions: readonly FunctionWiring[];
  /** How each resource type of the plan is made. */
  readonly resources: readonly ResourceWiring[];
  /** The component instances that have a flag which is set while their realloc or post-return runs. */
  readonly flagged: readonly number[];
  readonly exports: readonly ExportWiring[];
}

/** How a trampoline's core function is made. */
export type TrampolineWiring =
  HostCall | ComponentCall | DirectCallWiring | FusedCall | ResourceBuiltin | TaskBuiltin;

/** The kinds of `canon lower` that an engine makes with a JavaScript function as callee. */
export interface LoweredFunction {
  readonly spec: LowerSpec;
  readonly options: OptionsWiring;
  /** The component instance that calls. */
  readonly instance: number;
  /** What `LowerBinding.resources` must hold. */
  readonly resources: readonly number[];
}

/** A `canon lower` whose callee may have to wait, or whose values only tasks can pass. */
export interface TaskLower<Spec extends FlatSpec | MoveSpec> {
  readonly args: Spec;
  readonly result: Spec;
  /** Whether the function is lowered asynchronously: it then returns the state of a subtask. */
  readonly isAsync: boolean;
  readonly signature: CoreSignature;
  /** Whether the core function may have to wait. */
  readonly waits: boolean;
}

/** A `canon lower` of a function of the host that may give a promise, or whose values only tasks can pass. */
export interface HostTask extends TaskLower<FlatSpec> {
  /** Whether the function is synchronous in WIT and may return a promise nevertheless. */
  readonly suspends: boolean;
}

/** A lowered function of the host. */
export interface HostCall extends LoweredFunction {
  readonly tag: 'host-call';
  readonly import: number;
  /**
   * How the host's function is called. When `spec.call` is another one, the function is first wrapped in a function
   * of all its arguments.
   */
  readonly style: LowerSpec['call'];
  /** Present when the function may give a promise, or its values only tasks can pass. */
  readonly task?: HostTask | undefined;
}

/** A call of another component whose values become JavaScript values on the way. */
export interface ComponentCall extends LoweredFunction {
  readonly tag: 'component-call';
  /** The index of the called function in `Wiring.functions`. */
  readonly callee: number;
  readonly task?: TaskLower<MoveSpec> | undefined;
}

/** A call of another component that needs no Canonical ABI: the caller imports the callee's core function. */
export interface DirectCallWiring {
  readonly tag: 'direct-call';
  readonly core: CoreRef;
  /** Present when the call must be refused while the flag of the calling instance is set. */
  readonly guard?: CallGuard | undefined;
}

export interface CallGuard {
  /** The calling component instance. */
  readonly instance: number;
  /** The called function in messages. */
  readonly name: string;
  readonly signature: CoreSignature;
}

/** A call of another component for which an engine moves the values from memory to memory. */
export interface FusedCall {
  readonly tag: 'fused-call';
  readonly lift: number;
  readonly spec: FuseSpec;
  readonly core: LiftedCore;
  readonly postReturn?: CleanupFunction | undefined;
  readonly caller: FusedParty;
  readonly callee: FusedParty;
  readonly resources: readonly number[];
}

export interface FusedParty {
  readonly instance: number;
  readonly options: OptionsWiring;
}

/** `resource.new`, `resource.drop` or `resource.rep`. */
export interface ResourceBuiltin {
  readonly tag: 'resource.new' | 'resource.drop' | 'resource.rep';
  readonly resource: number;
  readonly instance: number;
}

/** A built-in of tasks, streams and futures. */
export interface TaskBuiltin {
  readonly tag: 'task-builtin';
  readonly builtin: Extract<Trampoline, { tag: 'builtin' }>;
  readonly options: OptionsWiring;
  readonly instance: number;
  /** Whether the core function may have to wait. */
  readonly waits: boolean;
  /** How the message of an error context passes, for the built-ins that pass one. */
  readonly message?: FlatSpec | undefined;
}

/** A component function as one kind of caller uses it. */
export type FunctionWiring = LiftedFunction | PassedOnFunction;

/** `canon lift`. */
export interface LiftedFunction {
  readonly tag: 'lifted';
  readonly lift: number;
  /** The function in messages, and in the events of a trace. */
  readonly name: string;
  /** Absent when only tasks can pass the values. Its `peer` says who calls. */
  readonly spec?: LiftSpec | undefined;
  /** Present when the function may have to wait, or only tasks can pass its values. */
  readonly task?: TaskLift | undefined;
  readonly core: LiftedCore;
  readonly options: OptionsWiring;
  readonly postReturn?: CleanupFunction | undefined;
  /** The component instance that implements the function. */
  readonly instance: number;
  /** What `LiftBinding.resources` must hold. */
  readonly resources: readonly number[];
}

/** A `canon lift` whose function may have to wait, or whose values only tasks can pass. */
export interface TaskLift {
  readonly isMethod: boolean;
  /** The values for a call by the host; absent when a component calls. */
  readonly values: { readonly args: FlatSpec; readonly result: FlatSpec } | undefined;
  readonly signature: CoreSignature;
  /** Whether core code of the function may block inside a built-in. */
  readonly mayBlock: boolean;
  /** Whether the host receives a promise although the function is synchronous in WIT. */
  readonly isPromised: boolean;
}

/** A function of the host that the component exports as it imported it. */
export interface PassedOnFunction {
  readonly tag: 'passed-on';
  readonly import: number;
  readonly name: string;
  readonly type: FuncType;
  readonly style: LowerSpec['call'];
  readonly resources: readonly number[];
}

/** The core function that a lift calls. */
export interface LiftedCore {
  readonly core: CoreRef;
  /**
   * Present when `core` is a trampoline, which is a function of JavaScript: the signature of the core function that
   * must stand between, because only core wasm converts values to their core types.
   */
  readonly through?: CoreSignature | undefined;
  /** The callback of an asynchronous lift. */
  readonly callback?: CoreRef | undefined;
}

/** The memory and realloc of canonical options. */
export interface OptionsWiring {
  readonly memory?: CoreRef | undefined;
  readonly realloc?: CleanupFunction | undefined;
}

/** A core function that the Canonical ABI calls by itself: realloc, post-return, a destructor. */
export interface CleanupFunction {
  readonly core: CoreRef;
  /** Present when the flag of the instance is set while the function runs: the signature of the function. */
  readonly flagged?: CoreSignature | undefined;
}

/** How a resource type is made for an instance. */
export type ResourceWiring =
  { readonly tag: 'host'; readonly name: string; readonly import: number } | GuestResourceWiring;

export interface GuestResourceWiring {
  readonly tag: 'guest';
  readonly name: string;
  /** The component instance that implements the resource. */
  readonly instance: number;
  readonly destructor?: CleanupFunction | undefined;
}

/** A property of the object that a host receives for a component's exports, or for an interface among them. */
export type ExportWiring =
  /** `function` is an index into `Wiring.functions`. */
  | { readonly tag: 'function'; readonly keys: Keys; readonly function: number }
  | ExportedClass
  /** The same `members` are the same object. */
  | { readonly tag: 'object'; readonly keys: Keys; readonly members: readonly ExportWiring[] }
  | { readonly tag: 'module'; readonly keys: Keys; readonly module: ModuleRef }
  | { readonly tag: 'component'; readonly keys: Keys; readonly component: PlanComponent };

/** The class of a resource. */
export interface ExportedClass {
  readonly tag: 'class';
  readonly keys: Keys;
  readonly resource: number;
  /** None for a resource of the host: its class is the one that the host gave. */
  readonly functions: readonly {
    readonly style: CallStyle;
    readonly key: string;
    /** An index into `Wiring.functions`. */
    readonly function: number;
  }[];
}
