import { type ComponentInstance, Trap } from '@wit-ts/abi';
import type { ReadableBuffer, WritableBuffer } from './buffer.ts';
import type { GuestCopy } from './guest-copy.ts';
import { Waitable } from './waitable.ts';

/** `CopyResult` of `CanonicalABI.md`, "Stream State". */
export const COMPLETED = 0;
export const DROPPED = 1;
export const CANCELLED = 2;

/**
 * The type of a stream or future. Each type of a store is one object, so that types are the same only if they are the
 * same object.
 */
export interface CopyType {
  readonly tag: 'stream' | 'future';
  /** True when there are no elements, or they are numbers. */
  readonly isNoneOrNumber: boolean;
}

/**
 * Tells a party of a copy that elements were copied. The party may take more until it is told with `reclaim`, which
 * ends the operation.
 */
export type OnCopy = (reclaim: () => void) => void;
/** Tells a party that its operation is over. */
export type OnCopyDone = (result: number) => void;

/** What both ends of a stream or future share (`SharedBase`). A source or sink of the host may take its place. */
interface Shared {
  readonly type: CopyType;
  /** Ends the pending operation with `CANCELLED`, now or later. */
  cancel(): void;
  /** One end is dropped. */
  drop(): void;
}

/** The side of a stream or future that is read (`ReadableStream`, `ReadableFuture`). */
export interface ReadableShared extends Shared {
  /** The number of elements that a writer offers and that are not read yet. */
  readonly offered: number;
  /** @param instance the reading instance; `undefined` for the host */
  read(
    instance: ComponentInstance | undefined,
    buffer: WritableBuffer,
    onCopy: OnCopy,
    onCopyDone: OnCopyDone,
  ): void;
}

/** The side of a stream or future that is written (`WritableStream`, `WritableFuture`). */
export interface WritableShared extends Shared {
  write(
    instance: ComponentInstance | undefined,
    buffer: ReadableBuffer,
    onCopy: OnCopy,
    onCopyDone: OnCopyDone,
  ): void;
}

type CopyState = 'idle' | 'copying' | 'cancelling' | 'done';

/** An end of a stream or future in the table of an instance (`CanonicalABI.md`, "Stream State"). */
export abstract class CopyEnd<S extends Shared = Shared> extends Waitable {
  readonly shared: S;
  state: CopyState = 'idle';
  /** The copy that is under way, or was the last. */
  copy: GuestCopy | undefined = undefined;
  /** Says why the end cannot be used any more, once it is done. */
  doneBecause = '';

  constructor(shared: S) {
    super();
    this.shared = shared;
  }

  get isCopying(): boolean {
    return this.state === 'copying' || this.state === 'cancelling';
  }

  /** @throws Trap while an operation is under way */
  override drop(): void {
    if (this.isCopying) throw new Trap(`cannot drop busy ${this.shared.type.tag}`);
    this.shared.drop();
    super.drop();
  }
}

/** The readable end of a stream or future. */
export class ReadableEnd extends CopyEnd<ReadableShared> {
  get kind(): string {
    return `readable end of a ${this.shared.type.tag}`;
  }
}

/** The writable end of a stream or future. */
export class WritableEnd extends CopyEnd<WritableShared> {
  get kind(): string {
    return `writable end of a ${this.shared.type.tag}`;
  }

  /** @throws Trap when a future was not written */
  override drop(): void {
    if (this.shared.type.tag === 'future' && this.state !== 'done')
      throw new Trap('cannot drop future write end without first writing a value');
    super.drop();
  }
}
