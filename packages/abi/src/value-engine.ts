import type { Param, Type } from '@wit-ts/model';
import type { CanonicalOptions, CoreFunction, Peer, Prepared } from './engine.ts';
import type { BorrowScope } from './handle-table.ts';
import type { ComponentInstance } from './instance.ts';
import type { ResourceType } from './resource-type.ts';

/**
 * The part of an engine for tasks, streams and futures: it passes values outside of the functions that the other parts
 * make. Only its functions pass streams, futures and error contexts.
 */
export interface ValueEngine {
  /** Prepares loading of values that lie one after the other in a memory (`CanonicalABI.md`, "Loading"). */
  load(spec: ValuesSpec): PreparedValues<ValuesBinding, LoadValues>;
  /** Prepares storing of values one after the other into a memory (`CanonicalABI.md`, "Storing"). */
  store(spec: ValuesSpec): PreparedValues<ValuesBinding, StoreValues>;
  /**
   * Prepares `lift_flat_values` (`CanonicalABI.md`, "Lifting and Lowering Values"): for the arguments of `canon lower`
   * and of `task.return`, and for the result of a synchronous `canon lift`.
   */
  liftFlat(spec: FlatSpec): PreparedValues<FlatBinding, LiftFlat>;
  /** Prepares `lower_flat_values`: for the arguments of `canon lift`, and for the result of `canon lower`. */
  lowerFlat(spec: FlatSpec): PreparedValues<FlatBinding, LowerFlat>;
  /**
   * Prepares `lift_flat_values` of one component and `lower_flat_values` of another, without JavaScript values in
   * between.
   */
  moveFlat(spec: MoveSpec): PreparedValues<MoveBinding, MoveFlat>;
  /** Prepares copying of the elements of a stream or future from the memory of one component to that of another. */
  copy(spec: CopySpec): PreparedValues<MoveBinding, CopyValues>;
}

/** Something of a `ValueEngine` that is prepared. */
export interface PreparedValues<Binding, Result> extends Prepared<Binding, Result> {
  /** The types `stream`, `future` and `error-context` that the types mention, as `waitablesOf` returns them. */
  readonly waitables: readonly Type[];
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
  /** One for each of the `waitables` of `PreparedValues`; may be absent when there are none. */
  readonly waitables?: readonly WaitableCodec[];
}

/**
 * How the handles of one type `stream`, `future` or `error-context` pass the boundary of one instance.
 *
 * For the peer `host` values are the host's objects. For the peer `component` they are what both instances share: the
 * shared stream or future, or the error context.
 */
export interface WaitableCodec {
  /**
   * Takes a readable end out of the instance's table, or reads an error context (`lift_async_value` and
   * `lift_error_context` of `CanonicalABI.md`).
   *
   * @param index unsigned
   * @throws Trap
   */
  lift(index: number): unknown;
  /**
   * Adds a value to the instance's table, as a readable end or as an error context, and returns its index
   * (`lower_stream`, `lower_future`, `lower_error_context`). `mismatch` was asked about the value before.
   *
   * @throws Trap when the table is full
   */
  lower(value: unknown): number;
  /**
   * Returns why a value of the host does not fit (`expected a stream, got 7`), and nothing for a value that fits. It
   * does not read elements from it.
   *
   * @param taken the values that the same call gives away so far. A codec adds a value that can be given away only
   *   once, and refuses it when it is there already
   */
  mismatch(value: unknown, taken: Set<unknown>): string | undefined;
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

/** A core value: an i64 is a bigint, every other core value is a number. */
export type CoreValue = number | bigint;

/** Values that are passed as core values, or in memory. */
export interface FlatSpec {
  /** The names and types of the arguments; for a result one entry, or none. */
  readonly params: readonly Param[];
  /** What the values are, for messages; `arguments` by default. */
  readonly what?: 'arguments' | 'result';
  /** `method`: messages name the first argument `this`. */
  readonly call?: 'function' | 'method';
  /**
   * With more core values than this the values are in memory: 16, 4, 1 or 0 (`MAX_FLAT_PARAMS`,
   * `MAX_FLAT_ASYNC_PARAMS`, `MAX_FLAT_RESULTS`, or 0 for the result of an asynchronous `canon lower`).
   */
  readonly maxFlat: number;
  readonly options: CanonicalOptions;
  /** The function's name in messages. */
  readonly name: string;
  readonly peer?: Peer;
}

/** What `liftFlat`, `lowerFlat`, `moveFlat` and `copy` need of one instance. */
export interface ValuesParty {
  readonly instance: ComponentInstance;
  readonly memory?: WebAssembly.Memory | undefined;
  readonly realloc?: CoreFunction | undefined;
  readonly waitables?: readonly WaitableCodec[];
}

export interface FlatBinding extends ValuesParty {
  readonly resources: readonly ResourceType[];
}

/**
 * Lifts values.
 *
 * @param flat the core values. The first ones are read; more may follow
 * @param lent receives the handles that are lent, which `endLends` ends; a new array for each call
 * @throws Trap
 */
export type LiftFlat = (flat: readonly CoreValue[], lent: unknown[]) => unknown[];

/**
 * Lowers values and returns the core values.
 *
 * @param scope counts the borrows that are lowered
 * @param into the address for values that are not passed as core values: the out pointer of `canon lower`. Without it
 *   memory is allocated
 * @throws TypeError when a value of the host does not fit, with its path: `name: argument x.y: expected u8, got 256`.
 *   Nothing is left in the instance's table then. A getter of the host may throw any error
 * @throws Trap when the guest misbehaves, or when the table of the instance is full
 */
export type LowerFlat = (values: readonly unknown[], scope: BorrowScope, into?: CoreValue) => CoreValue[];

/** Values that go from one component to another. */
export interface MoveSpec {
  readonly params: readonly Param[];
  /** What the values are, for messages; `arguments` by default. */
  readonly what?: 'arguments' | 'result';
  /** The function's name in messages. */
  readonly name: string;
  readonly from: CanonicalOptions;
  /** `maxFlat` of `FlatSpec` for the component that the values come from. */
  readonly fromMaxFlat: number;
  readonly to: CanonicalOptions;
  readonly toMaxFlat: number;
}

/** Both may be the same instance. */
export interface MoveBinding {
  readonly from: ValuesParty;
  readonly to: ValuesParty;
  readonly resources: readonly ResourceType[];
}

/**
 * Lifts core values of the first component, lowers the values into the second, and returns its core values.
 *
 * @param lent receives the handles of the first component that are lent
 * @param scope counts the borrows that are lowered into the second one
 * @param into as in `LowerFlat`
 * @throws Trap
 */
export type MoveFlat = (
  flat: readonly CoreValue[],
  lent: unknown[],
  scope: BorrowScope,
  into?: CoreValue,
) => CoreValue[];

/** Elements of a stream, or the value of a future, that go from one component to another. */
export interface CopySpec {
  /** It must not contain borrows. */
  readonly type: Type;
  /** The name of the built-in in messages. */
  readonly name: string;
  readonly from: CanonicalOptions;
  readonly to: CanonicalOptions;
}

/**
 * Copies `count` elements from an address of the first memory to an address of the second. Both ranges are aligned and
 * in bounds; within one memory they may overlap.
 *
 * @throws Trap when an element is invalid, or when realloc misbehaves
 */
export type CopyValues = (from: number, to: number, count: number) => void;
