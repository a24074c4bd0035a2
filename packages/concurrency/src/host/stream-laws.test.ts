import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EndGuest, type Outcome, settled } from '../fixtures/end-guest.ts';
import type { HostStream } from './stream.ts';

type Step = readonly [
  name: 'write' | 'event' | 'cancel' | 'drop' | 'read' | 'return' | 'turn',
  count: number,
];

const steps = fc.array(
  fc.tuple(
    fc.constantFrom<Step[0]>(
      'write',
      'write',
      'read',
      'read',
      'event',
      'event',
      'cancel',
      'drop',
      'return',
      'turn',
    ),
    fc.nat(5),
  ),
  { maxLength: 40 },
);

/** `SharedStreamImpl` and `stream_copy` of the definitions, for a guest that writes and a host that reads. */
class Model {
  /** The operation of the guest: how many elements it writes from which one on, and how many were copied. */
  writing: { readonly from: number; readonly count: number; copied: number; isPending: boolean } | undefined =
    undefined;
  event: Outcome | undefined = undefined;
  isWriterDone = false;
  isDropped = false;
  next = 0;
  readonly reads: { readonly count: number; result: readonly number[] | 'end' | undefined }[] = [];

  get #waiting(): Model['reads'][number] | undefined {
    return this.reads.find(({ result }) => result === undefined);
  }

  #copy(read: Model['reads'][number], count: number): void {
    const { from, copied } = this.writing!;
    read.result = Array.from({ length: count }, (_, i) => from + copied + i);
    this.writing!.copied += count;
  }

  write(count: number): Outcome {
    this.writing = { from: this.next, count, copied: 0, isPending: false };
    if (this.isDropped) return this.#end('dropped');
    const read = this.#waiting;
    if (read === undefined) {
      this.writing.isPending = true;
      return 'blocked';
    }
    if (count > 0) this.#copy(read, Math.min(count, read.count));
    return this.#end('completed');
  }

  #end(result: 'completed' | 'dropped' | 'cancelled'): Outcome {
    const { copied } = this.writing!;
    this.next += copied;
    this.writing = undefined;
    this.event = undefined;
    if (result === 'dropped') this.isWriterDone = true;
    return [result, copied];
  }

  read(count: number): void {
    const read: Model['reads'][number] = { count, result: undefined };
    const isFirst = this.#waiting === undefined;
    this.reads.push(read);
    if (this.isDropped) read.result = 'end';
    else if (isFirst && this.writing?.isPending === true) {
      const { count: all, copied } = this.writing;
      if (all > copied) this.#copy(read, Math.min(count, all - copied));
      else this.writing.isPending = false;
      this.event = ['completed', this.writing.copied];
    }
  }

  deliver(): Outcome | undefined {
    const { event } = this;
    return event === undefined || event === 'blocked' ? undefined : this.#end(event[0]);
  }

  cancel(): Outcome {
    // A cancellation wins over a completion that was not delivered, as later versions of the definitions say.
    return this.#end(this.event?.[0] === 'dropped' ? 'dropped' : 'cancelled');
  }

  drop(): void {
    this.isDropped = true;
    for (const read of this.reads) read.result ??= 'end';
    if (this.writing?.isPending === true) this.event = ['dropped', this.writing.copied];
  }
}

describe('a stream between a guest and its host', () => {
  it('does what the definitions say in any order of operations', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (all) => {
        const guest = new EndGuest('u8');
        const [stream, writable] = guest.newForHost<HostStream>();
        const ptr = guest.allocate(256);
        for (let i = 0; i < 256; i += 1) guest.bytes[ptr + i] = i;
        const model = new Model();
        const reads: Promise<{ value: unknown; done: boolean }>[] = [];
        let [isWriterGone, isReturned] = [false, false];
        for (const [name, count] of all) {
          const isCopying = model.writing !== undefined;
          const mayWrite = !isWriterGone && !isCopying && !model.isWriterDone;
          if (name === 'write' && mayWrite)
            expect(guest.write(writable, ptr + model.next, count)).toEqual(model.write(count));
          else if (name === 'event' && isCopying) expect(guest.event(writable)).toEqual(model.deliver());
          else if (name === 'cancel' && isCopying)
            expect(guest.cancel('write', writable)).toEqual(model.cancel());
          else if (name === 'drop' && !isWriterGone && !isCopying) {
            isWriterGone = true;
            guest.drop('write', writable);
            model.drop();
          } else if (name === 'read') {
            reads.push(stream.read(count + 1));
            model.read(count + 1);
          } else if (name === 'return') {
            isReturned = true;
            await stream.return();
            model.drop();
          } else if (name === 'turn') await settled();
        }
        const known = reads.map(async (read, index) => {
          const { result } = model.reads[index]!;
          const found = await Promise.race([read, settled()]);
          if (result === undefined) expect(found).toBeUndefined();
          else if (result === 'end') expect(found).toEqual({ value: undefined, done: true });
          else expect(found).toEqual({ value: Uint8Array.from(result), done: false });
        });
        await Promise.all(known);
        const isKnown = isReturned || model.reads.some(({ result }) => result === 'end');
        expect(guest.store.hostEnds).toBe(isKnown ? 0 : 1);
      }),
      { numRuns: 300 },
    );
  });
});

type Item = number | readonly number[];
type SourceKind = 'iterable' | 'async iterable' | 'ReadableStream' | 'reader' | 'late iterator';

/** Makes a source of each kind. `asked` is called whenever an item is asked for. */
function sourceOf(kind: SourceKind, items: readonly Item[], withDone: boolean, asked: () => void): unknown {
  const left = items.map((item) => (typeof item === 'number' ? item : Uint8Array.from(item)));
  const next = (): { value?: unknown; done: boolean } => {
    asked();
    const done = left.length === 0 || (withDone && left.length === 1);
    return { value: left.shift(), done };
  };
  switch (kind) {
    case 'iterable':
      return { [Symbol.iterator]: () => ({ next }) };
    case 'async iterable':
      return { [Symbol.asyncIterator]: () => ({ next: async () => next() }) };
    case 'ReadableStream':
      return new ReadableStream(
        {
          pull: (controller) => {
            // The platform asks when it has time for that, also after the read that it asks for was cancelled.
            if (left.length > 0) controller.enqueue(left.shift());
            else controller.close();
          },
        },
        { highWaterMark: 0 },
      );
    case 'reader':
      return { read: async () => next() };
    case 'late iterator':
      return {
        next: async () => {
          const result = next();
          await settled();
          return result;
        },
      };
  }
}

describe('what a host gives as a stream', () => {
  it('reaches the guest completely, once and in order, and is asked for only by reads', async () => {
    const item = fc.oneof(fc.nat(255), fc.array(fc.nat(255), { maxLength: 6 }));
    const kinds = fc.constantFrom<SourceKind>(
      'iterable',
      'async iterable',
      'ReadableStream',
      'reader',
      'late iterator',
    );
    const actions = fc.array(fc.tuple(fc.constantFrom('read', 'read', 'cancel', 'turn'), fc.nat(7)), {
      maxLength: 30,
    });
    await fc.assert(
      fc.asyncProperty(
        kinds,
        fc.array(item, { maxLength: 12 }),
        fc.boolean(),
        actions,
        async (kind, items, withDone, all) => {
          const guest = new EndGuest('u8');
          let isReading = false;
          const asked: boolean[] = [];
          const index = guest.given(sourceOf(kind, items, withDone, () => asked.push(isReading)));
          const ptr = guest.allocate(8);
          const found: number[] = [];
          let isOver = false;
          const take = (outcome: Outcome | undefined): void => {
            if (outcome === undefined || outcome === 'blocked') return;
            isReading = false;
            isOver = outcome[0] === 'dropped';
            found.push(...guest.bytes.slice(ptr, ptr + outcome[1]));
          };
          const start = (count: number): void => {
            isReading = true;
            take(guest.read(index, ptr, count));
          };
          for (const [name, count] of all) {
            if (isOver) break;
            if (name === 'read' && !isReading) start(count);
            else if (name === 'cancel' && isReading) take(guest.cancel('read', index));
            else if (name === 'turn') await settled();
            if (isReading) take(guest.event(index));
          }
          for (;;) {
            if (isOver) break;
            if (!isReading) start(3);
            await settled();
            if (isReading) take(guest.event(index));
          }
          expect(found).toEqual(items.flat());
          expect(asked.every(Boolean)).toBe(true);
          expect(guest.store.hostOperations).toBe(0);
          expect(guest.store.failure).toBeUndefined();
        },
      ),
      { numRuns: 300 },
    );
  });
});
