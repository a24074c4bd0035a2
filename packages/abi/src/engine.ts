import type { Param, Type, TypeDef } from '@wit-ts/model';
import type { BorrowScope, ResourceHandle } from './handle-table.ts';
import type { ComponentInstance } from './instance.ts';
import type { GuestClass } from './resource-class.ts';
import type { ResourceType } from './resource-type.ts';

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

/** The part of an engine that loads and stores values outside of calls, for tasks, streams and futures. */
export interface ValueEngine {
  /** Prepares loading of values that lie one after the other in a memory (`CanonicalABI.md`, "Loading"). */
  load(spec: ValuesSpec): Prepared<ValuesBinding, LoadValues>;
  /** Prepares storing of values one after the other into a memory (`CanonicalABI.md`, "Storing"). */
  store(spec: ValuesSpec): Prepared<ValuesBinding, StoreValues>;
  /**
   * `canon task.return` (`CanonicalABI.md`): a core function that lifts the result of a task from its arguments, or
   * from memory when the result has more than 16 core values. The caller checks that the running task may return this
   * result and holds no borrows.
   */
  taskReturn(spec: TaskReturnSpec): Prepared<TaskReturnBinding, CoreFunction>;
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

/** Values of one type in the memory of an instance. */
export interface ValuesSpec {
  /** It must not contain borrows, because no call could end them. */
  readonly type: Type;
  readonly options: CanonicalOptions;
  /** The name of the function or stream in messages: `[stream-write]lines`. */
  readonly name: string;
  readonly peer?: Peer;
}

export interface ValuesBinding {
  /** The instance whose memory and handles are used. */
  readonly instance: ComponentInstance;
  readonly memory: WebAssembly.Memory;
  /** Needed for storing values that contain strings, lists or maps. */
  readonly realloc?: CoreFunction | undefined;
  readonly resources: readonly ResourceType[];
}

/**
 * Loads `count` values from an address on: a typed array for numeric types, otherwise an array.
 *
 * @param ptr an address, as a number that is not negative
 * @throws Trap when the range is misaligned or out of bounds, when a value in it is invalid, or when a limit is
 *   exceeded
 */
export type LoadValues = (ptr: number, count: number) => ArrayLike<unknown>;

/**
 * Stores all the values from an address on. For the peer `host` each value is checked against the type, and objects
 * that the values give away are given away only when all values fit.
 *
 * @param values an array, a typed array or another array-like object
 * @param ptr an address, as a number that is not negative
 * @throws TypeError when a value does not fit, with its path: `values[3].name: expected string, got 7`
 * @throws Trap when the range is misaligned or out of bounds, or when realloc misbehaves
 */
export type StoreValues = (values: ArrayLike<unknown>, ptr: number) => void;

export interface TaskReturnSpec {
  /** The type of the result; absent when the task returns nothing. It must not contain borrows. */
  readonly type?: Type;
  readonly options: CanonicalOptions;
  readonly peer?: Peer;
}

export interface TaskReturnBinding {
  /** Receives the lifted result. A `result` is a value here: its `err` is not thrown. */
  readonly returned: (value: unknown) => void;
  readonly memory?: WebAssembly.Memory | undefined;
  /** The instance that calls `task.return`. */
  readonly instance: ComponentInstance;
  readonly resources: readonly ResourceType[];
}
