import type { ComponentInstance } from '@wit-ts/abi';
import { copyElements, type ReadableBuffer, type WritableBuffer } from './buffer.ts';
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
import { checkInstances } from './shared-stream.ts';

/** What the two ends of a future share (`CanonicalABI.md`, "Future State": `SharedFutureImpl`). */
export class SharedFuture implements ReadableShared, WritableShared {
  readonly type: CopyType;
  #isDropped = false;
  #instance: ComponentInstance | undefined = undefined;
  #reading: WritableBuffer | undefined = undefined;
  #writing: ReadableBuffer | undefined = undefined;
  #onCopyDone: OnCopyDone | undefined = undefined;

  constructor(type: CopyType) {
    this.type = type;
  }

  get offered(): number {
    return this.#writing?.remain ?? 0;
  }

  cancel(): void {
    this.#end(CANCELLED);
  }

  drop(): void {
    if (this.#isDropped) return;
    this.#isDropped = true;
    if (this.#onCopyDone !== undefined) this.#end(DROPPED);
  }

  #end(result: number): void {
    const done = this.#onCopyDone!;
    this.#onCopyDone = undefined;
    this.#instance = undefined;
    this.#reading = undefined;
    this.#writing = undefined;
    done(result);
  }

  read(
    instance: ComponentInstance | undefined,
    buffer: WritableBuffer,
    _onCopy: OnCopy,
    onCopyDone: OnCopyDone,
  ): void {
    const writing = this.#writing;
    if (writing === undefined) {
      this.#reading = buffer;
      this.#instance = instance;
      this.#onCopyDone = onCopyDone;
      return;
    }
    checkInstances(this.type, instance, this.#instance);
    copyElements(writing, buffer);
    this.#end(COMPLETED);
    onCopyDone(COMPLETED);
  }

  write(
    instance: ComponentInstance | undefined,
    buffer: ReadableBuffer,
    _onCopy: OnCopy,
    onCopyDone: OnCopyDone,
  ): void {
    if (this.#isDropped) {
      onCopyDone(DROPPED);
      return;
    }
    const reading = this.#reading;
    if (reading === undefined) {
      this.#writing = buffer;
      this.#instance = instance;
      this.#onCopyDone = onCopyDone;
      return;
    }
    checkInstances(this.type, instance, this.#instance);
    copyElements(buffer, reading);
    this.#end(COMPLETED);
    onCopyDone(COMPLETED);
  }
}
