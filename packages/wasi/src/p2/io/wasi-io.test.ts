import { ComponentError, Trap } from '@wit-ts/runtime';
import { array, assert, constantFrom, nat, property, record, uint8Array } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FileError } from '../../files/file-error.ts';
import { blockingSink, blockingSource, ManualSink, ManualSource } from '../../fixtures/byte-streams.ts';
import { Children } from './children.ts';
import type { InputStream } from './input-stream.ts';
import { readinessOf, WasiIo } from './wasi-io.ts';
import type { Readiness } from './readiness.ts';
import { StreamFailure } from './stream-error.ts';

const limits = { descriptors: 16, bytesPerCall: 65_536, headerBytes: 1024 };
const io = new WasiIo({ limits });
const bytes = (...values: number[]): Uint8Array<ArrayBuffer> => Uint8Array.from(values);

/** The payload of the error that a function throws, with what the program can read of it. */
function failureOf(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    if (!(error instanceof ComponentError)) throw error;
    const { tag, val }: { tag: string; val?: unknown } = error.payload;
    return val instanceof StreamFailure ? `${tag}: ${val.toDebugString()}` : tag;
  }
  return 'no failure';
}

/** A timer of a test, with what the streams ask it for. */
function timer(milliseconds: number): Readiness & { readonly blocked: number[] } {
  const end = performance.now() + milliseconds;
  const blocked: number[] = [];
  return {
    blocked,
    isReady: () => performance.now() >= end,
    whenReady: () => new Promise((resolve) => void setTimeout(resolve, milliseconds)),
    remaining: () => Math.max(0, end - performance.now()),
    block(limit) {
      blocked.push(limit);
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, limit);
      return true;
    },
  };
}

describe('an input-stream', () => {
  it('gives what is there, possibly nothing, and `closed` after the end', () => {
    const source = new ManualSource();
    const stream = io.inputStream(source);
    expect(stream.read(4n)).toEqual(bytes());
    source.push(bytes(1, 2, 3, 4, 5));
    expect(stream.read(0n)).toEqual(bytes());
    expect(stream.read(2n)).toEqual(bytes(1, 2));
    expect(stream.read(2n ** 64n - 1n)).toEqual(bytes(3, 4, 5));
    source.end();
    expect([0n, 4n].map((len) => failureOf(() => stream.read(len)))).toEqual(['closed', 'closed']);
    expect(failureOf(() => stream.blockingRead(0n))).toBe('closed');
  });

  it('reads no more than the limit of a call', () => {
    const stream = io.inputStream(blockingSource(new Uint8Array(100_000)));
    expect(stream.read(2n ** 63n).length).toBe(65_536);
    expect(stream.skip(2n ** 63n)).toBe(34_464n);
  });

  it('reports a failure once, and then is closed', () => {
    const source = new ManualSource();
    source.push(bytes(1));
    source.push(new FileError('io', 'EIO: /home/secret'));
    const stream = io.inputStream(source);
    expect(stream.read(9n)).toEqual(bytes(1));
    expect(stream.subscribe().ready()).toBe(true);
    const failures = [1, 2, 3].map(() => failureOf(() => stream.read(9n)));
    expect(failures).toEqual(['last-operation-failed: io', 'closed', 'closed']);
  });

  it('hides the text of an error of the host from the program', () => {
    const source = new ManualSource();
    source.push(new Error('cannot open /home/secret'));
    const failure = failureOf(() => io.inputStream(source).blockingSkip(1n));
    expect(failure).toBe('last-operation-failed: the stream failed');
  });

  it('waits for the first byte with a promise if the thread cannot be blocked', async () => {
    const source = new ManualSource();
    const stream = io.inputStream(source);
    const [read, skipped] = [stream.blockingRead(3n), stream.blockingSkip(3n)] as const;
    expect(read).toBeInstanceOf(Promise);
    source.push(bytes(1, 2, 3));
    source.push(bytes(4, 5));
    expect([await read, await skipped]).toEqual([bytes(1, 2, 3), 2n]);
    setTimeout(() => source.end(), 1);
    await expect(Promise.resolve(stream.blockingRead(1n))).rejects.toMatchObject({
      payload: { tag: 'closed' },
    });
  });

  it('keeps the bytes that a look at its readiness took, for all streams of the source', () => {
    const source = new ManualSource();
    const [first, second] = [io.inputStream(source, { isShared: true }), io.inputStream(source)];
    const pollable = first.subscribe();
    expect(pollable.ready()).toBe(false);
    source.push(bytes(1, 2, 3));
    expect(pollable.ready()).toBe(true);
    expect(pollable.ready()).toBe(true);
    pollable[Symbol.dispose]();
    first[Symbol.dispose]();
    expect(source.isClosed).toBe(false);
    expect(second.read(2n)).toEqual(bytes(1, 2));
    expect(second.read(2n)).toEqual(bytes(3));
    second[Symbol.dispose]();
    expect(source.isClosed).toBe(true);
  });

  it('gives every byte once and in order, however it is read, skipped, spliced and polled', () => {
    const step = record({ how: constantFrom('read', 'skip', 'splice', 'ready'), len: nat(9) });
    assert(
      property(array(uint8Array({ maxLength: 8 })), array(step), (chunks, steps) => {
        const source = new ManualSource();
        for (const chunk of chunks) source.push(Uint8Array.from(chunk));
        const all = chunks.flatMap((chunk) => [...chunk]);
        const [stream, sink] = [io.inputStream(source), blockingSink()];
        const out = io.outputStream(sink);
        let at = 0;
        for (const { how, len } of steps) {
          if (how === 'ready') expect(stream.subscribe().ready()).toBe(at < all.length);
          else at += used(how, stream, len, all.slice(at, at + len));
        }
        function used(how: string, from: InputStream, len: number, expected: readonly number[]): number {
          if (how === 'skip') return Number(from.skip(BigInt(len)));
          const before = sink.written.length;
          const count = how === 'splice' ? Number(out.splice(from, BigInt(len))) : undefined;
          const given = count === undefined ? [...from.read(BigInt(len))] : sink.written.slice(before);
          expect(given).toEqual(expected.slice(0, given.length));
          return given.length;
        }
      }),
    );
  });
});

describe('an output-stream', () => {
  it('takes what `check-write` permits, once, and traps above', () => {
    const sink = new ManualSink(5);
    const stream = io.outputStream(sink);
    expect(() => stream.write(bytes(1))).toThrow(/called `write` with 1 bytes; `check-write` permits 0/u);
    expect(stream.checkWrite()).toBe(5n);
    stream.write(bytes(1, 2));
    stream.writeZeroes(2n);
    expect(() => stream.write(bytes(3, 4))).toThrow(Trap);
    stream.write(bytes(3));
    expect(stream.checkWrite()).toBe(0n);
    expect(() => stream.writeZeroes(2n ** 64n - 1n)).toThrow(Trap);
    stream.write(bytes());
    expect(sink.written).toEqual([1, 2, 0, 0, 3]);
  });

  it('permits no more than the limit of a call', () => {
    expect(io.outputStream(blockingSink()).checkWrite()).toBe(65_536n);
  });

  it('permits nothing after `flush` until it has ended', async () => {
    const sink = new ManualSink(5);
    const stream = io.outputStream(sink);
    const pollable = stream.subscribe();
    stream.checkWrite();
    stream.flush();
    stream.flush();
    expect(sink.flushes.length).toBe(1);
    expect(() => stream.write(bytes(1))).toThrow(Trap);
    expect([pollable.ready(), stream.checkWrite()]).toEqual([false, 0n]);
    const polled = io.poll([pollable]);
    sink.flushes[0]?.resolve();
    expect(await polled).toEqual(Uint32Array.of(0));
    expect(stream.checkWrite()).toBe(5n);
  });

  it.each([4096, 0])(
    'takes %d bytes with `blocking-write-and-flush`, and waits for each part',
    async (length) => {
      const sink = new ManualSink(1000);
      const stream = io.outputStream(sink);
      const contents = new Uint8Array(length).map((_, index) => index);
      const written = Promise.resolve(stream.blockingWriteAndFlush(contents));
      let isDone = false;
      void written.then(() => (isDone = true));
      while (sink.written.length < length) {
        await new Promise((resolve) => void setTimeout(resolve, 1));
        sink.drain(1500);
      }
      await new Promise((resolve) => void setTimeout(resolve, 1));
      expect(isDone).toBe(false);
      sink.flushes[0]?.resolve();
      await written;
      expect(sink.written).toEqual([...contents]);
    },
  );

  it('traps when `blocking-write-and-flush` or its twin is called with more than 4096 bytes', () => {
    const sink = blockingSink();
    const stream = io.outputStream(sink);
    stream.blockingWriteAndFlush(new Uint8Array(4096).fill(1));
    stream.blockingWriteZeroesAndFlush(4096n);
    expect(() => stream.blockingWriteAndFlush(new Uint8Array(4097))).toThrow(
      '`blocking-write-and-flush` with 4097 bytes; it takes at most 4096',
    );
    expect(() => stream.blockingWriteZeroesAndFlush(2n ** 64n - 1n)).toThrow(Trap);
    expect(sink.written.length).toBe(8192);
  });

  it('reports the failure of a sink once, and then is closed', () => {
    const sink = new ManualSink(5);
    const stream = io.outputStream(sink);
    sink.failure = new FileError('pipe');
    expect(stream.subscribe().ready()).toBe(true);
    const failures = [1, 2].map(() => failureOf(() => stream.checkWrite()));
    expect(failures).toEqual(['last-operation-failed: pipe', 'closed']);
    expect(failureOf(() => stream.blockingFlush())).toBe('closed');
    expect(stream.subscribe().ready()).toBe(true);
  });

  it('reports the failure of a flush at the next call, and in `blocking-flush`', async () => {
    const sink = new ManualSink(5);
    const stream = io.outputStream(sink);
    const flushed = Promise.resolve(stream.blockingFlush());
    sink.flushes[0]?.reject(new FileError('insufficient-space'));
    await expect(flushed).rejects.toMatchObject({ payload: { tag: 'last-operation-failed' } });
    expect(failureOf(() => stream.write(bytes()))).toBe('closed');
  });

  it('splices the smaller of the length and the permit, and reports errors of both ends', () => {
    const [source, sink] = [new ManualSource(), new ManualSink(3)];
    const [input, output] = [io.inputStream(source), io.outputStream(sink)];
    source.push(bytes(1, 2, 3, 4, 5));
    expect(output.splice(input, 2n)).toBe(2n);
    expect(output.splice(input, 2n ** 64n - 1n)).toBe(1n);
    expect(output.splice(input, 9n)).toBe(0n);
    sink.drain(9);
    expect(output.splice(input, 9n)).toBe(2n);
    source.end();
    expect(failureOf(() => output.splice(input, 9n))).toBe('closed');
    expect(sink.written).toEqual([1, 2, 3, 4, 5]);
  });

  it('waits for both ends in `blocking-splice`', async () => {
    const [source, sink] = [new ManualSource(), new ManualSink(0)];
    const spliced = io.outputStream(sink).blockingSplice(io.inputStream(source), 9n);
    setTimeout(() => sink.drain(2), 1);
    setTimeout(() => source.push(bytes(1, 2, 3)), 2);
    expect(await spliced).toBe(2n);
  });

  it('closes its sink when it is dropped, unless the sink is shared', () => {
    const [mine, shared] = [new ManualSink(1), new ManualSink(1)];
    io.outputStream(mine)[Symbol.dispose]();
    io.outputStream(shared, { isShared: true })[Symbol.dispose]();
    expect([mine.isClosed, shared.isClosed]).toEqual([true, false]);
  });
});

describe('poll', () => {
  it('traps on an empty list', () => {
    expect(() => io.poll([])).toThrow(Trap);
  });

  it('reports each that is ready, duplicates too, and can use a pollable again', async () => {
    const [source, other] = [new ManualSource(), new ManualSource()];
    const [a, b] = [io.inputStream(source).subscribe(), io.inputStream(other).subscribe()];
    const polled = io.poll([b, a, a]);
    source.push(bytes(1));
    expect(await polled).toEqual(Uint32Array.of(1, 2));
    expect(io.poll([a, b, a])).toEqual(Uint32Array.of(0, 2));
    other.end();
    expect(io.poll([a, b])).toEqual(Uint32Array.of(0, 1));
  });

  it('asks a source for one promise, however often it is polled together with others', async () => {
    const source = new ManualSource();
    let asked = 0;
    const idle = io.pollable({
      isReady: () => false,
      whenReady: () => ((asked += 1), new Promise(() => {})),
    });
    for (let round = 0; round < 50; round += 1) {
      const polled = io.poll([idle, io.inputStream(source).subscribe()]);
      source.push(bytes(round));
      expect(await polled).toEqual(Uint32Array.of(1));
      source.read(1);
      io.inputStream(source).read(1n);
    }
    expect(asked).toBe(1);
  });

  it('is ready when a promise settles, also if it rejects', async () => {
    const pollable = io.pollable(readinessOf(Promise.reject(new Error('offline'))));
    expect(pollable.ready()).toBe(false);
    await Promise.resolve(pollable.block());
    expect(pollable.ready()).toBe(true);
  });

  it('blocks the thread once for a timer, and does not look again and again', () => {
    const [short, long] = [timer(5), timer(60_000)];
    expect(io.poll([io.pollable(long), io.pollable(short)])).toEqual(Uint32Array.of(1));
    expect([short.blocked.length, long.blocked.length]).toEqual([1, 0]);
  });

  it('blocks the thread with the source, and at most until the timer', () => {
    const waits: number[] = [];
    const source = Object.assign(new ManualSource(), {
      block(limit: number): boolean {
        waits.push(limit);
        if (limit > 0) source.push(bytes(1));
        return waits.length > 1;
      },
    });
    const polled = io.poll([io.pollable(timer(1000)), io.inputStream(source).subscribe()]);
    expect(polled).toEqual(Uint32Array.of(1));
    expect(waits[0]).toBe(0);
    expect(waits[1]).toBeGreaterThan(0);
    expect(waits[1]).toBeLessThanOrEqual(1000);
  });

  it('returns promises, and never blocks, for an instance that suspends', async () => {
    const suspending = new WasiIo({ limits }, { suspends: true });
    const waiting = timer(2);
    const polled = suspending.poll([suspending.pollable(waiting)]);
    expect(polled).toBeInstanceOf(Promise);
    expect(await polled).toEqual(Uint32Array.of(0));
    expect(waiting.blocked).toEqual([]);
  });
});

describe('children', () => {
  it.each([
    ['input-stream', () => io.inputStream(new ManualSource())],
    ['output-stream', () => io.outputStream(new ManualSink(1))],
  ])('of an %s must be dropped before it', (name, make) => {
    const stream = make();
    const [first, second] = [stream.subscribe(), stream.subscribe()];
    first[Symbol.dispose]();
    expect(() => stream[Symbol.dispose]()).toThrow(`dropped its \`${name}\` before 1 resource`);
    second[Symbol.dispose]();
    stream[Symbol.dispose]();
  });

  it('count streams and pollables of other resources', () => {
    const parent = new Children('outgoing-body');
    const stream = io.outputStream(new ManualSink(1), { parent });
    const pollable = io.pollable(readinessOf(Promise.resolve()), parent);
    expect(() => parent.assertNone()).toThrow('`outgoing-body` before 2 resource(s)');
    stream[Symbol.dispose]();
    pollable[Symbol.dispose]();
    expect(() => parent.assertNone()).not.toThrow();
  });
});
