import type { ComponentInstance } from '@wit-ts/abi';
import { type ElementCodec, GuestBuffer } from './buffer.ts';
import { CANCELLED, COMPLETED, type CopyEnd, DROPPED, ReadableEnd, type WritableEnd } from './copy-end.ts';
import { type Event, type Waitable } from './waitable.ts';

/** A built-in that reads or writes, as far as its copies depend on it. */
export interface CopyKind {
  readonly instance: ComponentInstance;
  /** Absent when the type has no elements. */
  readonly elements: ElementCodec | undefined;
  readonly isStream: boolean;
  readonly side: 'read' | 'write';
  /** The code of the event. */
  readonly code: number;
}

/**
 * A read or write by a guest (`stream_copy` and `future_copy` in `CanonicalABI.md`). An end has one at a time, so it
 * keeps the object for the next.
 */
export class GuestCopy {
  readonly kind: CopyKind;
  readonly #end: ReadableEnd | WritableEnd;
  readonly #buffer: GuestBuffer;
  #index = 0;
  #result = COMPLETED;
  #reclaim: (() => void) | undefined = undefined;

  constructor(kind: CopyKind, end: ReadableEnd | WritableEnd) {
    this.kind = kind;
    this.#end = end;
    this.#buffer = new GuestBuffer(kind.instance, kind.elements);
  }

  /**
   * Starts a copy. It may be over when this returns; then the end has a pending event.
   *
   * @param index the handle of the end
   * @throws Trap when there are too many elements, or the range is misaligned or out of bounds
   */
  start(index: number, ptr: number, length: number): void {
    this.#buffer.reset(ptr, length);
    this.#index = index;
    const end = this.#end;
    end.state = 'copying';
    const { instance } = this.kind;
    if (end instanceof ReadableEnd) end.shared.read(instance, this.#buffer, this.#onCopy, this.#onCopyDone);
    else end.shared.write(instance, this.#buffer, this.#onCopy, this.#onCopyDone);
  }

  readonly #onCopy = (reclaim: () => void): void => this.#pending(COMPLETED, reclaim);

  readonly #onCopyDone = (result: number): void => this.#pending(result, undefined);

  #pending(result: number, reclaim: (() => void) | undefined): void {
    this.#result = result;
    this.#reclaim = reclaim;
    this.#end.setPendingEvent(eventOf);
  }

  /** Turns a pending `COMPLETED` of a stream into `CANCELLED`. */
  cancelPending(): void {
    if (this.kind.isStream && this.#result === COMPLETED) this.#result = CANCELLED;
  }

  event(): Event {
    return [this.kind.code, this.#index, this.finish()];
  }

  /** Ends the copy, and returns the payload of its event. */
  finish(): number {
    const reclaim = this.#reclaim;
    this.#reclaim = undefined;
    reclaim?.();
    const { kind } = this;
    const result = this.#result;
    finishCopy(kind, this.#end, result);
    return kind.isStream ? ((this.#buffer.progress << 4) | result) >>> 0 : result;
  }
}

function eventOf(end: Waitable): Event {
  return (end as CopyEnd).copy!.event();
}

/** Sets the state of an end whose operation is over. */
function finishCopy({ isStream, side }: CopyKind, end: CopyEnd, result: number): void {
  if (result === CANCELLED || (isStream && result === COMPLETED)) {
    end.state = 'idle';
    return;
  }
  end.state = 'done';
  if (isStream) {
    end.doneBecause =
      side === 'read'
        ? 'read from stream after being notified that the writable end dropped'
        : 'write to stream after being notified that the readable end dropped';
  } else if (side === 'read') end.doneBecause = 'read from future after previous read succeeded';
  else {
    end.doneBecause =
      result === DROPPED
        ? 'write to future after previous write succeeded or readable end dropped'
        : 'write to future after previous write succeeded';
  }
}
