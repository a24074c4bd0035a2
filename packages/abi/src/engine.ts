import type { MappingChoices } from '@wit-ts/mapping';
import type { Param, Type, TypeDef } from '@wit-ts/model';
import type { BorrowScope, ResourceHandle } from './handle-table.ts';
import type { ComponentInstance } from './instance.ts';
import type { GuestClass } from './resource-class.ts';
import type { resourceFunctions } from './resource-functions.ts';
import type { ResourceType } from './resource-type.ts';
import type { ValueEngine } from './value-engine.ts';

/**
 * A complete execution of the Canonical ABI. There are two: the `reference` engine follows the specification heading
 * by heading, and the `compile` engine emits JavaScript that is specialised for a type and its canonical options.
 *
 * Every function of an engine works in two steps. The first prepares what depends on the component's bytes only, once
 * for all instances. The second, `bind`, adds what belongs to one instance: its memory, its realloc, its functions.
 *
 * The compile engine has an entry point for each part, so that a program loads only the parts that it needs:
 * `@wit-ts/abi/compile/host`, `@wit-ts/abi/compile/fuse` and `@wit-ts/abi/compile/values`.
 */
export interface Engine extends HostEngine, FuseEngine, ValueEngine {
  /** The class of the handles that the engine knows. Each copy of this library has its own. */
  readonly handleClass: typeof ResourceHandle;
}

/** The part of an engine for calls between a component and its host. */
export interface HostEngine {
  /**
   * `canon lift` (`CanonicalABI.md`): turns a core function into a function that takes and returns JavaScript values.
   */
  lift(spec: LiftSpec): Prepared<LiftBinding, HostFunction>;
  /** `canon lower` (`CanonicalABI.md`): turns a function over JavaScript values into a core function. */
  lower(spec: LowerSpec): Prepared<LowerBinding, CoreFunction>;
  /**
   * Makes the JavaScript class of a guest resource; see the function `resourceClass`.
   *
   * @param definition the resource type in the component, which all instances share
   * @param type the resource type of one instance
   * @param name the name of the class: `InputStream`
   */
  resourceClass(definition: TypeDef, type: ResourceType, name: string): GuestClass;
  /** Absent when the engine was made for a component without resources. */
  readonly resources?: typeof resourceFunctions | undefined;
}

/** The part of an engine for calls from one component instance to another. */
export interface FuseEngine {
  /**
   * `canon lower` of a function that another component instance lifted, as one core function. Values go from the
   * caller's memory to the callee's memory without becoming JavaScript values. Caller and callee must be different
   * instances.
   */
  fuse(spec: FuseSpec): Prepared<FuseBinding, CoreFunction>;
}

/** Something that is prepared for a component, and is bound for each of its instances. */
export interface Prepared<Binding, Result> {
  /** The resource types that the function's type mentions, in the order in which `bind` expects `resources`. */
  readonly resources: readonly TypeDef[];
  bind(binding: Binding): Result;
}

export type HostFunction = (...args: readonly never[]) => unknown;
/** A function of core wasm. An i64 is a bigint, every other core value is a number. */
export type CoreFunction = (...args: (number | bigint)[]) => number | bigint | undefined;

/** The type of a component function. */
export interface FuncType {
  readonly params: readonly Param[];
  readonly result?: Type;
  readonly async: boolean;
}

/** `LiftOptions` and `CanonicalOptions` of `CanonicalABI.md`. */
export interface CanonicalOptions {
  readonly stringEncoding: 'utf8' | 'utf16' | 'latin1+utf16';
  /** The address type of the memory; absent when the options name no memory. */
  readonly memory?: 'i32' | 'i64';
  readonly realloc: boolean;
  readonly postReturn: boolean;
  readonly async: boolean;
  readonly callback: boolean;
  /** A limit in bytes, which is not part of the specification: lifting a longer string or list for the host traps. */
  readonly maxBytes?: number;
  /**
   * A limit that is not part of the specification: the bytes that the values of one call may take in JavaScript when
   * they are lifted, as `layout/lifted-size.ts` counts them. It is 1 GiB without it.
   */
  readonly maxLifted?: number;
  /** How values look in JavaScript, which is not part of the specification. It concerns the peer `host` only. */
  readonly mapping?: MappingChoices | undefined;
}

/** A `canon lift`, as far as all instances of a component share it. */
export interface LiftSpec {
  readonly type: FuncType;
  readonly options: CanonicalOptions;
  /** The function's name in messages: `process-data`, `example:service/processor#process-data`. */
  readonly name: string;
  /** `method`: the first parameter is `this`. */
  readonly call: 'function' | 'method';
  readonly peer?: Peer;
}

/**
 * The other side of a call; `host` by default.
 *
 * Between two components, values are neither checked nor converted: they come from the other engine, handles are passed
 * as bare representations, and a `result` is returned instead of thrown. A function that was lifted for the peer
 * `component` may only be called by a function that was lowered for the same peer, and vice versa.
 */
export type Peer = 'host' | 'component';

/** A `canon lower`, as far as all instances of a component share it. */
export interface LowerSpec {
  readonly type: FuncType;
  readonly options: CanonicalOptions;
  readonly name: string;
  /** How the host's function is called: as a function, as the method `name` of its first argument, or with `new`. */
  readonly call:
    | { readonly tag: 'function' }
    | { readonly tag: 'method'; readonly name: string }
    | { readonly tag: 'new' };
  readonly peer?: Peer;
}

export interface LiftBinding {
  readonly core: CoreFunction;
  readonly memory?: WebAssembly.Memory | undefined;
  readonly realloc?: CoreFunction | undefined;
  readonly postReturn?: CoreFunction | undefined;
  readonly callback?: CoreFunction | undefined;
  /** The instance whose function is lifted. */
  readonly instance: ComponentInstance;
  /**
   * The calling instance, when a component calls another one. Entering is then checked and marked for the callee and
   * its ancestors, but not for the caller and its ancestors. Absent when the host calls.
   */
  readonly caller?: ComponentInstance | undefined;
  /** Counts the borrows that are lowered; given when the caller of `bind` also needs the count. */
  readonly scope?: BorrowScope | undefined;
  readonly resources: readonly ResourceType[];
}

export interface LowerBinding {
  /** The host's function or class; unused for methods. */
  readonly callee: HostFunction | (new (...args: readonly never[]) => unknown) | undefined;
  readonly memory?: WebAssembly.Memory | undefined;
  readonly realloc?: CoreFunction | undefined;
  /** The instance that calls. */
  readonly instance: ComponentInstance;
  readonly resources: readonly ResourceType[];
}

/** A call from one component to another, as far as all their instances share it. */
export interface FuseSpec {
  readonly type: FuncType;
  /** The function's name in messages. */
  readonly name: string;
  /** The options of the `canon lower`. */
  readonly caller: CanonicalOptions;
  /** The options of the `canon lift`. */
  readonly callee: CanonicalOptions;
}

export interface FuseBinding {
  readonly core: CoreFunction;
  readonly postReturn?: CoreFunction | undefined;
  readonly caller: FuseParty;
  readonly callee: FuseParty;
  readonly resources: readonly ResourceType[];
}

export interface FuseParty {
  readonly instance: ComponentInstance;
  readonly memory?: WebAssembly.Memory | undefined;
  readonly realloc?: CoreFunction | undefined;
}
