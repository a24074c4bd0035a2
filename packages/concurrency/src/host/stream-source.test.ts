import type { Type } from '@wit-ts/model';
import { describe, expect, it, vi } from 'vitest';
import { EndGuest, type Outcome, settled, storeWithReports } from '../fixtures/end-guest.ts';

/** A guest that reads what a host gives as a stream. */
class Reader {
  readonly guest: EndGuest;
  readonly index: number;
  readonly ptr: number;
  readonly reports: readonly Error[];

  constructor(source: unknown, element: Type | 'none' = 'u8') {
    const [store, reports] = storeWithReports();
    this.guest = new EndGuest(element === 'none' ? undefined : element, 'stream', { store });
    this.reports = reports;
    this.index = this.guest.given(source);
    this.ptr = this.guest.allocate(4096);
  }

  start(count: number): Outcome {
    return this.guest.read(this.index, this.ptr, count);
  }

  /** Reads once, waits for the event, and returns the outcome with the elements. */
  async read(
    count: number,
  ): Promise<readonly [...(Outcome & readonly unknown[]), elements: readonly unknown[]]> {
    let outcome: Outcome | undefined = this.start(count);
    while (outcome === 'blocked' || outcome === undefined) {
      await settled();
      outcome = this.guest.event(this.index);
    }
    return [...outcome, this.elements(outcome[1])];
  }

  elements(count: number): readonly unknown[] {
    return count === 0 ? [] : Array.from(this.guest.elements!.load(this.ptr, count));
  }
}

function readable(items: readonly unknown[]): ReadableStream<unknown> {
  const left = [...items];
  return new ReadableStream({
    pull: (controller) => (left.length > 0 ? controller.enqueue(left.shift()) : controller.close()),
  });
}

function counted<T>(items: readonly T[]): {
  source: AsyncGenerator<T>;
  taken: () => number;
  closed: () => boolean;
} {
  let [taken, isClosed] = [0, false];
  async function* generate(): AsyncGenerator<T> {
    try {
      for (const item of items) {
        taken += 1;
        yield item;
      }
    } finally {
      isClosed = true;
    }
  }
  return { source: generate(), taken: () => taken, closed: () => isClosed };
}

describe('a stream that the host gives', () => {
  it.each<[string, () => unknown]>([
    ['an array', () => [1, 2, 3]],
    ['a typed array', () => Uint8Array.of(1, 2, 3)],
    ['a typed array of another kind', () => Float64Array.of(1, 2, 3)],
    ['a set', () => new Set([1, 2, 3])],
    ['an array of chunks', () => [Uint8Array.of(1), [2, 3]]],
    ['elements beside chunks', () => [1, Uint8Array.of(2, 3).buffer, []]],
  ])('fills the buffer from %s', async (_, source) => {
    const reader = new Reader(source());
    expect(reader.start(2)).toEqual(['completed', 2]);
    expect(reader.elements(2)).toEqual([1, 2]);
    expect(await reader.read(2)).toEqual(['dropped', 1, [3]]);
  });

  it.each<[string, () => unknown]>([
    ['an async generator', () => counted([1, Uint8Array.of(2, 3)]).source],
    ['a ReadableStream', () => readable([1, Buffer.from([2, 3])])],
    ['a byte stream', () => new Response(Uint8Array.of(1, 2, 3)).body],
    [
      'an object that is read as the streams of jco are',
      () => {
        const all = [1, 2, 3];
        return {
          read: async (n: number) =>
            all.length > 0 ? { value: all.splice(0, n), done: false } : { done: true },
        };
      },
    ],
    [
      'an iterator that is not iterable',
      () => {
        const all = [1, 2, 3];
        return { next: () => ({ value: all.shift(), done: all.length === 0 }) };
      },
    ],
  ])('delivers what there is from %s', async (_, source) => {
    const reader = new Reader(source());
    const found: unknown[] = [];
    for (let outcome = 'completed'; outcome === 'completed';) {
      const [result, count, elements] = await reader.read(2);
      expect(count).toBeLessThanOrEqual(2);
      found.push(...(elements as unknown[]));
      outcome = result as string;
    }
    expect(found).toEqual([1, 2, 3]);
  });

  it.each([null, undefined])('is at its end when it is %s', async (source) => {
    expect(await new Reader(source).read(1)).toEqual(['dropped', 0, []]);
  });

  it.each<[unknown, string]>([
    [7, 'expected a stream, got 7'],
    ['abc', 'expected a stream, got "abc"'],
    [{}, 'expected a stream: an iterable, an async iterable or a ReadableStream, got an object'],
    [
      new ArrayBuffer(3),
      'expected a stream: an iterable, an async iterable or a ReadableStream, got an object of the class ArrayBuffer',
    ],
    [
      Promise.resolve([]),
      'expected a stream: an iterable, an async iterable or a ReadableStream, got a promise',
    ],
  ])('is not %s', (source, message) => {
    expect(() => new Reader(source)).toThrow(new TypeError(message));
  });

  it('is not a ReadableStream that someone else reads', () => {
    const stream = readable([1]);
    stream.getReader();
    expect(() => new Reader(stream)).toThrow(
      'expected a stream, got a ReadableStream that is locked to a reader',
    );
  });

  it('takes one item for each read, and none before', async () => {
    const { source, taken } = counted([1, 2, 3]);
    const reader = new Reader(source);
    await settled();
    expect(taken()).toBe(0);
    expect(await reader.read(100)).toEqual(['completed', 1, [1]]);
    await settled();
    expect(taken()).toBe(1);
    expect(await reader.read(100)).toEqual(['completed', 1, [2]]);
    expect(taken()).toBe(2);
  });

  it('takes an item to answer a read of no elements, and keeps it', async () => {
    const { source, taken } = counted([1, 2]);
    const reader = new Reader(source);
    expect(await reader.read(0)).toEqual(['completed', 0, []]);
    expect(await reader.read(0)).toEqual(['completed', 0, []]);
    expect(taken()).toBe(1);
    expect(await reader.read(5)).toEqual(['completed', 1, [1]]);
  });

  it('keeps what does not fit into the buffer', async () => {
    const reader = new Reader(counted([Uint8Array.of(1, 2, 3, 4, 5)]).source);
    expect(await reader.read(2)).toEqual(['completed', 2, [1, 2]]);
    expect(reader.start(2)).toEqual(['completed', 2]);
    expect(await reader.read(2)).toEqual(['completed', 1, [5]]);
    expect(await reader.read(2)).toEqual(['dropped', 0, []]);
  });

  it('gives the buffer back at once when a read is cancelled, and keeps the item that was on its way', async () => {
    const { source, taken } = counted([1, 2]);
    const reader = new Reader(source);
    expect(reader.start(1)).toBe('blocked');
    expect(reader.guest.store.hostOperations).toBe(1);
    expect(reader.guest.cancel('read', reader.index)).toEqual(['cancelled', 0]);
    expect(reader.guest.store.hostOperations).toBe(0);
    await settled();
    expect(taken()).toBe(1);
    expect(await reader.read(1)).toEqual(['completed', 1, [1]]);
    expect(await reader.read(1)).toEqual(['completed', 1, [2]]);
  });

  it('counts the value that comes with the end', async () => {
    let isDone = false;
    const source = {
      [Symbol.asyncIterator]: () => ({
        next: async () => {
          const result = { value: isDone ? undefined : 9, done: true };
          isDone = true;
          return result;
        },
      }),
    };
    expect(await new Reader(source).read(4)).toEqual(['dropped', 1, [9]]);
  });

  it('passes the elements of a stream without an element type, and undefined ones of an option', async () => {
    const none = new Reader([undefined, undefined], 'none');
    expect(none.start(5)).toEqual(['dropped', 2]);
    const options = new Reader([undefined, 5, undefined], { kind: { tag: 'option', type: 'u8' } });
    expect(await options.read(5)).toEqual(['dropped', 3, [undefined, 5, undefined]]);
  });

  it('passes an array as one element when the elements are lists', async () => {
    const reader = new Reader(counted([[1, 2], Uint8Array.of(3)]).source, {
      kind: { tag: 'list', element: 'u8' },
    });
    expect(await reader.read(5)).toEqual(['completed', 1, [Uint8Array.of(1, 2)]]);
    expect(await reader.read(5)).toEqual(['completed', 1, [Uint8Array.of(3)]]);
  });
});

describe('the end of a source', () => {
  it.each<[string, (closed: () => void) => unknown]>([
    [
      'return of an iterator',
      (closed) => ({ [Symbol.iterator]: () => ({ next: () => ({ value: 1 }), return: closed }) }),
    ],
    [
      'dispose',
      (closed) => ({ [Symbol.iterator]: () => ({ next: () => ({ value: 1 }) }), [Symbol.dispose]: closed }),
    ],
    ['asyncDispose', (closed) => ({ next: async () => ({ value: 1 }), [Symbol.asyncDispose]: closed })],
    ['cancel of a reader', (closed) => ({ read: async () => ({ value: 1 }), cancel: closed })],
    [
      'cancel of a ReadableStream',
      (closed) => new ReadableStream({ pull: (c) => c.enqueue(1), cancel: closed }),
    ],
  ])('is reached by %s when the guest drops the stream, before and after the first read', async (_, make) => {
    const early = vi.fn();
    const first = new Reader(make(early));
    first.guest.drop('read', first.index);
    if (!String(make).includes('return: closed')) expect(early).toHaveBeenCalledOnce();
    const late = vi.fn();
    const second = new Reader(make(late));
    await second.read(1);
    second.guest.drop('read', second.index);
    await settled();
    expect(late).toHaveBeenCalledOnce();
  });

  it('is not asked for again when the source has ended itself', async () => {
    const end = vi.fn();
    const reader = new Reader({ next: () => ({ done: true }), return: end });
    expect(await reader.read(1)).toEqual(['dropped', 0, []]);
    reader.guest.drop('read', reader.index);
    expect(end).not.toHaveBeenCalled();
  });

  it('is reached while an item is on its way, and the item is forgotten', async () => {
    const { promise, resolve } = Promise.withResolvers<{ value: number }>();
    const end = vi.fn(() => promise);
    const reader = new Reader({ next: () => promise, return: end });
    reader.start(1);
    reader.guest.cancel('read', reader.index);
    reader.guest.drop('read', reader.index);
    expect(end).toHaveBeenCalledOnce();
    resolve({ value: 1 });
    await settled();
    expect(reader.reports).toEqual([]);
  });

  it('makes no unhandled rejection, and no error for the guest', async () => {
    const rejecting = new Reader({
      next: () => ({ value: 1 }),
      return: () => Promise.reject(new Error('late')),
    });
    rejecting.guest.drop('read', rejecting.index);
    const throwing = new Reader({
      next: () => ({ value: 1 }),
      return: () => {
        throw new Error('late');
      },
    });
    throwing.guest.drop('read', throwing.index);
    await settled();
    expect([rejecting.guest.store.failure, throwing.guest.store.failure]).toEqual([undefined, undefined]);
  });

  it('is reached when the component fails', () => {
    const end = vi.fn();
    const reader = new Reader({ next: () => new Promise(() => undefined), return: end });
    reader.start(1);
    reader.guest.store.fail(new Error('broken'));
    expect(end).toHaveBeenCalledOnce();
  });
});

describe('a source that fails', () => {
  it('ends the stream after what it gave before, and is reported', async () => {
    const error = new Error('disk on fire');
    async function* source(): AsyncGenerator<number> {
      yield 1;
      throw error;
    }
    const reader = new Reader(source());
    expect(await reader.read(3)).toEqual(['completed', 1, [1]]);
    expect(await reader.read(3)).toEqual(['dropped', 0, []]);
    expect(reader.reports.map(String)).toEqual([
      "Error: the-function of the guest: a stream ended early, because the host's source of it threw: disk on fire",
    ]);
    expect(reader.reports[0]!.cause).toBe(error);
    expect(reader.guest.store.failure).toBeUndefined();
  });

  it.each<[string, unknown]>([
    ['its iterator cannot be made', { [Symbol.asyncIterator]: () => 5 }],
    ['its iterator has no next', { [Symbol.iterator]: () => ({}) }],
    ['it gives something that is not a result', { next: () => 5 }],
    ['it resolves with something that is not a result', { next: async () => null }],
    [
      'its result throws',
      {
        next: async () => ({
          get done() {
            throw new Error('getter');
          },
        }),
      },
    ],
  ])('ends the stream because %s', async (_, source) => {
    const reader = new Reader(source);
    expect(await reader.read(3)).toEqual(['dropped', 0, []]);
    expect(reader.reports).toHaveLength(1);
  });

  it('writes to the console unless the host listens', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const guest = new EndGuest('u8');
    const index = guest.given({ next: () => Promise.reject(new Error('gone')) });
    guest.read(index, guest.allocate(8), 1);
    await settled();
    expect(guest.event(index)).toEqual(['dropped', 0]);
    expect(warn).toHaveBeenCalledOnce();
    warn.mockRestore();
  });

  it.each<[string, unknown]>([
    ['at once', [1, 300]],
    ['later', counted([[1, 300]]).source],
  ])('ends the component when an element does not fit: %s', async (_, source) => {
    const reader = new Reader(source);
    let thrown: unknown;
    try {
      reader.start(5);
    } catch (error) {
      thrown = error;
    }
    await settled();
    const { failure } = reader.guest.store;
    expect(String(failure ?? thrown)).toBe(
      'TypeError: the-function: an element of a stream: the-elements: values[1]: expected u8, got 300',
    );
    expect(reader.guest.instance.failure).toBe(failure ?? thrown);
  });
});
