import type { Param, Type, TypeDef } from '@wit-ts/model';
import type { BorrowScope } from './handle-table.ts';
import type { ComponentInstance } from './instance.ts';
import type { GuestClass } from './resource-class.ts';
import type { ResourceType } from './resource-type.ts';

/**
 * The door between the Canonical ABI and those who wire components. Two engines implement it: `reference`, the
 * specification made readable, and `compile`, which emits JavaScript specialised for a type and its options.
 *
 * Both work in two steps: what depends on a component's bytes is prepared once, what depends on an instance is bound
 * once for each instance.
 */
export interface Engine extends HostEngine {
  /**
   * `canon lower` of a function that another component instance lifted, as one core function: values go from the caller's
   * memory to the callee's, and no value of JavaScript is made of them. The two instances must not be the same one.
   */
  fuse(spec: FuseSpec): Prepared<FuseBinding, CoreFunction>;
}

/** What is between components and the host. */
export interface HostEngine {
  /** `canon lift` (`CanonicalABI.md`): a core function becomes one that takes and gives JavaScript values. */
  lift(spec: LiftSpec): Prepared<LiftBinding, HostFunction>;
  /** `canon lower`: a function over JavaScript values becomes a core function. */
  lower(spec: LowerSpec): Prepared<LowerBinding, CoreFunction>;
  /**
   * `resourceClass`, where the engine has one of its own. `definition` is the resource in the component, the same for all
   * instances.
   */
  resourceClass?(definition: TypeDef, type: ResourceType, name: string): GuestClass;
}

export interface Prepared<Binding, Result> {
  /** The resource types the function's type mentions, in the order in which `resources` must be given to `bind`. */
  readonly resources: readonly TypeDef[];
  bind(binding: Binding): Result;
}

export type HostFunction = (...args: readonly never[]) => unknown;
export type CoreFunction = (...args: (number | bigint)[]) => number | bigint | undefined;

export interface FuncType {
  readonly params: readonly Param[];
  readonly result?: Type;
  readonly async: boolean;
}

export interface CanonicalOptions {
  readonly stringEncoding: 'utf8' | 'utf16' | 'latin1+utf16';
  /** The address type of the memory option, where there is one. */
  readonly memory?: 'i32' | 'i64';
  readonly realloc: boolean;
  readonly postReturn: boolean;
  readonly async: boolean;
  readonly callback: boolean;
  /** Not of the specification: a longer string or list is not lifted for the host, and traps. In bytes. */
  readonly maxBytes?: number;
}

export interface LiftSpec {
  readonly type: FuncType;
  readonly options: CanonicalOptions;
  /** How messages name the function: `process-data`, `example:service/processor#process-data`. */
  readonly name: string;
  /** `method`: the first parameter is `this`. */
  readonly call: 'function' | 'method';
  readonly peer?: Peer;
}

/**
 * Who stands at the other side. Between two components nothing needs to be checked or made pleasant: values come from the
 * other engine, handles are passed as bare representations, and a `result` is returned, not thrown. A lifted function with
 * the peer `component` may only be called by a lowered one with the same, and the other way round. Default: `host`.
 */
export type Peer = 'host' | 'component';

export interface LowerSpec {
  readonly type: FuncType;
  readonly options: CanonicalOptions;
  readonly name: string;
  /**
   * How the host's function is called: as it is, as the method `name` of its first argument, or with `new`.
   */
  readonly call:
    | { readonly tag: 'function' }
    | { readonly tag: 'method'; readonly name: string }
    | { readonly tag: 'new' };
  readonly peer?: Peer;
}

export interface LiftBinding {
  readonly core: CoreFunction;
  readonly memory?: WebAssembly.Memory;
  readonly realloc?: CoreFunction;
  readonly postReturn?: CoreFunction;
  readonly callback?: CoreFunction;
  /** The instance whose function is lifted. */
  readonly instance: ComponentInstance;
  /**
   * The instance that calls, where a component calls another: entering is checked and marked over the callee and its
   * ancestors less the caller and its ancestors. Absent where the host calls.
   */
  readonly caller?: ComponentInstance;
  /** What borrows that are lowered count on, where somebody else asks for them, too. */
  readonly scope?: BorrowScope;
  readonly resources: readonly ResourceType[];
}

export interface LowerBinding {
  /** The host's function or class; unused for methods. */
  readonly callee: HostFunction | (new (...args: readonly never[]) => unknown) | undefined;
  readonly memory?: WebAssembly.Memory;
  readonly realloc?: CoreFunction;
  /** The instance that calls. */
  readonly instance: ComponentInstance;
  readonly resources: readonly ResourceType[];
}

export interface FuseSpec {
  readonly type: FuncType;
  /** How messages name the function. */
  readonly name: string;
  /** The options of the `canon lower`. */
  readonly caller: CanonicalOptions;
  /** The options of the `canon lift`. */
  readonly callee: CanonicalOptions;
}

export interface FuseBinding {
  readonly core: CoreFunction;
  readonly postReturn?: CoreFunction;
  readonly caller: FuseParty;
  readonly callee: FuseParty;
  readonly resources: readonly ResourceType[];
}

export interface FuseParty {
  readonly instance: ComponentInstance;
  readonly memory?: WebAssembly.Memory;
  readonly realloc?: CoreFunction;
}
