import { type ComponentInstance, Trap } from '@wit-ts/abi';
import { type Buffer, copyElements, type ReadableBuffer, type WritableBuffer } from './buffer.ts';
import {
  CANCELLED,
  COMPLETED,
  type CopyType,
  DROPPED,
  type OnCopy,
  type OnCopyDone,
  type ReadableShared,
  type WritableShared,
} from './copy-end.ts';

/** An operation that waits for the other end. */
interface Pending<B extends Buffer> {
  readonly instance: ComponentInstance | undefined;
  readonly buffer: B;
  readonly onCopy: OnCopy;
  readonly onCopyDone: OnCopyDone;
}

/**
 * What the two ends of a stream share (`CanonicalABI.md`, "Stream State": `SharedStreamImpl`). It has no buffer of its
 * own: elements go from the buffer of the writer to the buffer of the reader when both are there.
 */
export class SharedStream implements ReadableShared, WritableShared {
  readonly type: CopyType;
  #isDropped = false;
  #reading: Pending<WritableBuffer> | undefined = undefined;
  #writing: Pending<ReadableBuffer> | undefined = undefined;

  constructor(type: CopyType) {
    this.type = type;
  }

  get offered(): number {
    return this.#writing?.buffer.remain ?? 0;
  }

  cancel(): void {
    this.#end(CANCELLED);
  }

  drop(): void {
    if (this.#isDropped) return;
    this.#isDropped = true;
    if (this.#reading !== undefined || this.#writing !== undefined) this.#end(DROPPED);
  }

  /** `reset_and_notify_pending`. */
  #end(result: number): void {
    const pending = (this.#reading ?? this.#writing)!;
    this.#reset();
    pending.onCopyDone(result);
  }

  readonly #reset = (): void => {
    this.#reading = undefined;
    this.#writing = undefined;
  };

  read(
    instance: ComponentInstance | undefined,
    buffer: WritableBuffer,
    onCopy: OnCopy,
    onCopyDone: OnCopyDone,
  ): void {
    const writing = this.#writing;
    if (this.#isDropped) onCopyDone(DROPPED);
    else if (writing === undefined) this.#reading = { instance, buffer, onCopy, onCopyDone };
    else {
      this.#checkInstances(instance, writing.instance);
      if (writing.buffer.remain > 0) {
        if (buffer.remain > 0) {
          copyElements(writing.buffer, buffer);
          writing.onCopy(this.#reset);
        }
        onCopyDone(COMPLETED);
      } else {
        this.#end(COMPLETED);
        this.#reading = { instance, buffer, onCopy, onCopyDone };
      }
    }
  }

  write(
    instance: ComponentInstance | undefined,
    buffer: ReadableBuffer,
    onCopy: OnCopy,
    onCopyDone: OnCopyDone,
  ): void {
    const reading = this.#reading;
    if (this.#isDropped) onCopyDone(DROPPED);
    else if (reading === undefined) this.#writing = { instance, buffer, onCopy, onCopyDone };
    else {
      this.#checkInstances(instance, reading.instance);
      if (reading.buffer.remain > 0) {
        if (buffer.remain > 0) {
          copyElements(buffer, reading.buffer);
          reading.onCopy(this.#reset);
        }
        onCopyDone(COMPLETED);
      } else if (buffer.isZeroLength && reading.buffer.isZeroLength) onCopyDone(COMPLETED);
      else {
        this.#end(COMPLETED);
        this.#writing = { instance, buffer, onCopy, onCopyDone };
      }
    }
  }

  #checkInstances(one: ComponentInstance | undefined, other: ComponentInstance | undefined): void {
    checkInstances(this.type, one, other);
  }
}

/**
 * Refuses a copy inside one instance, for the time being (`CanonicalABI.md`, "Stream State"): it would have to lift and
 * lower in the same instance at once.
 *
 * @throws Trap
 */
export function checkInstances(
  type: CopyType,
  one: ComponentInstance | undefined,
  other: ComponentInstance | undefined,
): void {
  if (one === undefined || one !== other || type.isNoneOrNumber) return;
  throw new Trap(`cannot read from and write to intra-component ${type.tag}`);
}
