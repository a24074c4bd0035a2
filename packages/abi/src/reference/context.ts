import type { MappingChoices } from '@wit-ts/mapping';
import type { Type, TypeDef } from '@wit-ts/model';
import { type AddressType, resolveResource, unalias } from '@wit-ts/model/layout';
import type { CanonicalOptions, CoreFunction } from '../engine.ts';
import type { WaitableCodec } from '../value-engine.ts';
import type { BorrowScope } from '../handle-table.ts';
import { overLimit } from '../helpers/lift-values.ts';
import type { ComponentInstance } from '../instance.ts';
import { type LiftBudget, liftBudget, type SequenceSize } from '../layout/lifted-size.ts';
import { unsupportedType } from '../layout/unsupported-type.ts';
import type { ResourceType } from '../resource-type.ts';
import { Trap } from '../trap.ts';
import { Moved, toAddress } from './host-helpers.ts';

/** `LiftLowerContext`: what lifting and lowering need to know beside the types. */
export class Context {
  readonly options: CanonicalOptions;
  readonly instance: ComponentInstance;
  /** True when the other side is the host, and not another component; see `Peer`. */
  readonly host: boolean;
  /** How values of the host look; absent when the other side is another component. */
  readonly mapping: MappingChoices | undefined;
  /** Counts the borrows that are lowered. */
  readonly scope: BorrowScope;
  /** The lowered handles, which may have to be taken back. */
  readonly moved = new Moved();
  /** The lent handles, each followed by what the host received for it. */
  readonly lent: unknown[];
  /** How many more bytes the values that are being lifted may take in JavaScript. */
  #budget: LiftBudget = { limit: 0, rest: 0 };
  readonly #memory: WebAssembly.Memory | undefined;
  readonly #realloc: CoreFunction | undefined;
  readonly #resources: ReadonlyMap<TypeDef, ResourceType>;
  readonly #waitables: ReadonlyMap<Type, WaitableCodec>;

  constructor(
    options: CanonicalOptions,
    host: boolean,
    resources: ReadonlyMap<TypeDef, ResourceType>,
    binding: {
      readonly instance: ComponentInstance;
      readonly memory?: WebAssembly.Memory | undefined;
      readonly realloc?: CoreFunction | undefined;
      readonly scope?: BorrowScope | undefined;
      readonly lent?: unknown[] | undefined;
    },
    waitables: ReadonlyMap<Type, WaitableCodec> = new Map(),
  ) {
    this.lent = (Object.hasOwn(binding, 'lent') && binding.lent) || [];
    this.scope = (Object.hasOwn(binding, 'scope') && binding.scope) || { borrows: 0 };
    this.options = options;
    this.host = host;
    this.mapping = host ? options.mapping : undefined;
    this.instance = binding.instance;
    this.#memory = binding.memory;
    this.#realloc = binding.realloc;
    this.#resources = resources;
    this.#waitables = waitables;
  }

  get address(): AddressType {
    return this.options.memory ?? 'i32';
  }

  resource(type: TypeDef): ResourceType {
    return this.#resources.get(resolveResource(type))!;
  }

  /** Returns how a stream, a future or an error context passes. @throws TypeError in a call that cannot pass it */
  waitable(type: Type): WaitableCodec {
    const codec = this.#waitables.get(unalias(type));
    if (codec === undefined) throw unsupportedType();
    return codec;
  }

  /** The memory as it is now: any call of the guest may have grown it. */
  get bytes(): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.#memory!.buffer);
  }

  get view(): DataView {
    return new DataView(this.#memory!.buffer);
  }

  get memoryLength(): number {
    return this.#memory?.buffer.byteLength ?? 0;
  }

  /** Starts the budget of values that are lifted together. @throws Trap when their types alone exceed it */
  startBudget(types: readonly Type[]): void {
    this.#budget = liftBudget(types, this.options);
    this.spend(0, [0, 0]);
  }

  /** Counts a string, list or map of that length against the budget. @throws Trap */
  spend(length: number, [empty, each]: SequenceSize): void {
    const { limit, rest } = this.#budget;
    this.#budget = { limit, rest: rest - length * each - empty };
    if (this.#budget.rest < 0) overLimit(limit);
  }

  /** Checks a string or list of that many bytes against the limit of the instance. @throws Trap */
  limit(bytes: number): void {
    const { maxBytes } = this.options;
    if (this.host && maxBytes !== undefined && bytes > maxBytes) overLimit(maxBytes, bytes);
  }

  /** `reallocate`. @throws Trap when the guest returns an address that is misaligned or out of bounds */
  reallocate(old: number, oldSize: number, alignment: number, size: number): number {
    const args = [old, oldSize, alignment, size];
    this.instance.mayLeave = false;
    const result = this.address === 'i32' ? this.#realloc!(...args) : this.#realloc!(...args.map(BigInt));
    const ptr = this.pointer(result!);
    if (ptr % alignment !== 0) throw new Trap('realloc return: result not aligned');
    if (ptr + size > this.memoryLength) throw new Trap('realloc return: beyond end of memory');
    // Only now: an error while nothing may leave is the guest's fault, and not the fault of a host value.
    this.instance.mayLeave = true;
    return ptr;
  }

  /** `allocate`. */
  allocate(alignment: number, size: number): number {
    return this.reallocate(0, 0, alignment, size);
  }

  /** Converts an address from core wasm, which is signed, to a number. */
  pointer(value: number | bigint): number {
    return typeof value === 'bigint' ? toAddress(value) : value >>> 0;
  }

  /** Converts a length from core wasm, which is signed, to a number. */
  length(value: number | bigint): number {
    return typeof value === 'bigint' ? Number(BigInt.asUintN(64, value)) : value >>> 0;
  }
}
