import { describe, expect, it, vi } from 'vitest';
import {
  asyncFaults,
  BLOCKED,
  CANCELLED,
  COMPLETED,
  copied,
  DROPPED,
  ends,
  polled,
  started,
  STATE,
  turn,
} from '../fixtures/async-faults.ts';
import { Trap } from '../index.ts';

/** The events of `CanonicalABI.md`, "Waitable State". */
const [SUBTASK, STREAM_READ, STREAM_WRITE] = [1, 2, 3];

/** Faults of other runtimes with streams and futures. Each name says what is right. */
describe.each(['compile', 'reference'] as const)('a stream or future (%s)', (engine) => {
  it('keeps what the guest writes at once for a host that reads it piece by piece', async () => {
    const { a } = await asyncFaults(engine);
    const [readable, writable] = ends(a.bytesNew());
    const stream = a.giveBytes(readable);
    for (let at = 0; at < 5; at += 1) a.poke(100 + at, 10 + at);
    expect(a.bytesWrite(writable, 100, 5)).toBe(BLOCKED);
    const values: unknown[] = [];
    for (let at = 0; at < 5; at += 1) values.push((await stream.read(1)).value);
    expect(values).toEqual([10, 11, 12, 13, 14].map((each) => Uint8Array.of(each)));
    const set = a.setNew();
    a.join(writable, set);
    expect(polled(a, set)).toEqual([STREAM_WRITE, writable, copied(5, COMPLETED)]);
  });

  it('tells the source of the host once when the guest drops the readable end', async () => {
    const returned = vi.fn(() => Promise.resolve({ done: true as const, value: undefined }));
    const next = vi.fn(() => new Promise<never>(() => {}));
    const source = { [Symbol.asyncIterator]: () => ({ next, return: returned }) };
    const { a } = await asyncFaults(engine, { source: () => source });
    const handle = a.source();
    expect(next).not.toHaveBeenCalled();
    expect(a.bytesRead(handle, 100, 1)).toBe(BLOCKED);
    expect(a.bytesCancelRead(handle)).toBe(copied(0, CANCELLED));
    a.bytesDropReadable(handle);
    await turn();
    expect(returned).toHaveBeenCalledTimes(1);
    expect(next).toHaveBeenCalledTimes(1);
  });

  it('keeps the value that the source of the host gives after the guest has cancelled its read', async () => {
    const gate = Promise.withResolvers<void>();
    async function* source(): AsyncGenerator<Uint8Array> {
      await gate.promise;
      yield Uint8Array.of(7, 8);
      yield Uint8Array.of(9);
    }
    const { a } = await asyncFaults(engine, { source });
    const handle = a.source();
    expect(a.bytesRead(handle, 100, 8)).toBe(BLOCKED);
    expect(a.bytesCancelRead(handle)).toBe(copied(0, CANCELLED));
    gate.resolve();
    await turn();
    const set = a.setNew();
    a.join(handle, set);
    expect(await readBytes(a, handle, set, 3)).toEqual([7, 8, 9]);
  });

  it('answers BLOCKED before it waits for the source of the host', async () => {
    const gate = Promise.withResolvers<void>();
    async function* source(): AsyncGenerator<number> {
      await gate.promise;
      yield 3;
    }
    const { a } = await asyncFaults(engine, { source });
    const handle = a.source();
    const set = a.setNew();
    a.join(handle, set);
    expect(a.bytesRead(handle, 100, 1)).toBe(BLOCKED);
    expect(polled(a, set)).toEqual([0, 0, 0]);
    gate.resolve();
    await turn();
    expect(polled(a, set)).toEqual([STREAM_READ, handle, copied(1, COMPLETED)]);
    expect(a.peek(100) & 255).toBe(3);
  });

  it('ends when the source of the host throws, and the future beside it says why', async () => {
    const warned = vi.spyOn(console, 'warn').mockImplementation(() => {});
    const { a } = await asyncFaults(engine, {
      pair: () => [failing(), Promise.resolve({ tag: 'err', val: 'io' })],
    });
    a.pair(200);
    const [stream, end] = [a.peek(200), a.peek(204)];
    const set = a.setNew();
    a.join(stream, set);
    expect(await readBytes(a, stream, set, 10)).toEqual([1]);
    a.join(end, set);
    if (a.endRead(end, 300) === BLOCKED) {
      await turn();
      expect(polled(a, set)[0]).toBe(4);
    }
    expect(a.peek(300) & 255).toBe(1);
    expect(a.peek(308)).toBe(2);
    expect(warned.mock.calls).toEqual([[expect.objectContaining({ cause: new Error('disk') })]]);
    warned.mockRestore();
  });

  it('cannot be lifted while it is in a waitable set', async () => {
    const { a } = await asyncFaults(engine);
    const [readable] = ends(a.bytesNew());
    a.join(readable, a.setNew());
    expect(() => a.giveBytes(readable)).toThrow(Trap);
  });

  it('passes `none` of an option as an element, both ways', async () => {
    const { a } = await asyncFaults(engine);
    const [readable, writable] = ends(a.maybesNew());
    const stream = a.giveMaybes(readable);
    a.poke(100, 0);
    a.poke(102, 0x0701);
    expect(a.maybesWrite(writable, 100, 2)).toBe(BLOCKED);
    expect((await stream.read(2)).value).toEqual([undefined, 7]);

    const handle = a.takeMaybes([undefined, 5, undefined]);
    const set = a.setNew();
    a.join(handle, set);
    let read = a.maybesRead(handle, 200, 3);
    if (read === BLOCKED) {
      await turn();
      read = polled(a, set)[2];
    }
    expect(read >>> 4).toBe(3);
    expect([a.peek(200) & 255, a.peek(202) & 0xffff, a.peek(204) & 255]).toEqual([0, 0x0501, 0]);
  });

  it('traps when an instance copies strings to itself', async () => {
    const { a } = await asyncFaults(engine);
    const [readable, writable] = ends(a.textsNew());
    expect(a.textsRead(readable, 100, 1)).toBe(BLOCKED);
    expect(() => a.textsWrite(writable, 200, 1)).toThrow(Trap);
  });

  it('completes a read of length zero when a writer comes, and then its write', async () => {
    const { a, b } = await asyncFaults(engine);
    const [readable, writable] = ends(a.bytesNew());
    const handle = b.takeBytes(a.giveBytes(readable));
    const [setOfA, setOfB] = [a.setNew(), b.setNew()];
    a.join(writable, setOfA);
    b.join(handle, setOfB);
    expect(b.bytesRead(handle, 100, 0)).toBe(BLOCKED);
    expect(a.bytesWrite(writable, 100, 5)).toBe(BLOCKED);
    expect(polled(b, setOfB)).toEqual([STREAM_READ, handle, copied(0, COMPLETED)]);
    expect(b.bytesRead(handle, 100, 0)).toBe(copied(0, COMPLETED));
    expect(polled(a, setOfA)[0]).toBe(0);
    expect(b.bytesRead(handle, 100, 8)).toBe(copied(5, COMPLETED));
    expect(polled(a, setOfA)).toEqual([STREAM_WRITE, writable, copied(5, COMPLETED)]);
  });

  it('can be read again after a read was cancelled', async () => {
    const { a } = await asyncFaults(engine);
    const [readable, writable] = ends(a.bytesNew());
    expect(a.bytesRead(readable, 100, 4)).toBe(BLOCKED);
    expect(a.bytesCancelRead(readable)).toBe(copied(0, CANCELLED));
    expect(a.bytesRead(readable, 100, 4)).toBe(BLOCKED);
    a.poke(200, 0x0403_0201);
    expect(a.bytesWrite(writable, 200, 4)).toBe(copied(4, COMPLETED));
    expect(a.peek(100)).toBe(0x0403_0201);
  });

  it('ends for a host whose guest has dropped the writable end', async () => {
    const { a } = await asyncFaults(engine);
    const [readable, writable] = ends(a.bytesNew());
    const stream = a.giveBytes(readable);
    const read = stream.read(1);
    a.bytesDropWritable(writable);
    expect(await read).toEqual({ value: undefined, done: true });
    await stream.return();
    expect(await stream.read(1)).toEqual({ value: undefined, done: true });
  });

  it('traps when a copy of a member of a waitable set is cancelled synchronously', async () => {
    const { a } = await asyncFaults(engine);
    const [readable] = ends(a.bytesNew());
    a.join(readable, a.setNew());
    expect(a.bytesRead(readable, 100, 1)).toBe(BLOCKED);
    expect(() => a.bytesCancelReadSync(readable)).toThrow(Trap);
  });

  it('lets the guest drop the writable end of a future once it was told that the reader is gone', async () => {
    const { a } = await asyncFaults(engine);
    const [readable, writable] = ends(a.soonNew());
    a.soonDropReadable(readable);
    expect(a.soonWrite(writable, 100)).toBe(DROPPED);
    expect(() => a.soonDropWritable(writable)).not.toThrow();
  });

  it('traps when the guest drops the writable end of a future that it has not written', async () => {
    const { a } = await asyncFaults(engine);
    const [, writable] = ends(a.soonNew());
    expect(() => a.soonDropWritable(writable)).toThrow(Trap);
  });

  it('can be passed on by a host that has read a part of it', async () => {
    const { a, b } = await asyncFaults(engine);
    const [readable, writable] = ends(a.bytesNew());
    const stream = a.giveBytes(readable);
    a.poke(100, 0x0403_0201);
    expect(a.bytesWrite(writable, 100, 4)).toBe(BLOCKED);
    expect((await stream.read(1)).value).toEqual(Uint8Array.of(1));
    const handle = b.takeBytes(stream);
    expect(b.bytesRead(handle, 200, 8)).toBe(copied(3, COMPLETED));
    expect(b.peek(200) & 0xff_ffff).toBe(0x04_0302);
  });

  it('is a parameter of an asynchronous function of the host', async () => {
    const { a } = await asyncFaults(engine, {
      async sink(data: AsyncIterable<Uint8Array>) {
        let total = 0;
        for await (const chunk of data) total += chunk.length;
        return total;
      },
    });
    const [readable, writable] = ends(a.bytesNew());
    const [state, subtask] = started(a.sink(readable, 400));
    expect(state).toBe(STATE.started);
    const set = a.setNew();
    a.join(writable, set);
    a.join(subtask, set);
    let written = a.bytesWrite(writable, 100, 3);
    if (written === BLOCKED) {
      await turn();
      written = polled(a, set)[2];
    }
    expect(written).toBe(copied(3, COMPLETED));
    a.bytesDropWritable(writable);
    await turn();
    expect(polled(a, set)).toEqual([SUBTASK, subtask, STATE.returned]);
    expect(a.peek(400)).toBe(3);
  });

  it.each([{}, { suspend: ['tomorrow'] }])('is the result of a synchronous function: %o', async (options) => {
    const { a } = await asyncFaults(engine, { tomorrow: async () => 11 }, options);
    const handle = await a.tomorrow();
    if (a.soonRead(handle, 100) === BLOCKED) await turn();
    expect(a.peek(100)).toBe(11);
  });

  it.each([
    ['a promise', () => turn().then(() => 12)],
    ['a value', () => 12],
    ['an object with a method then', () => thenable(12)],
  ])('is the result of an asynchronous function that returns %s', async (_, dayAfter) => {
    const { a } = await asyncFaults(engine, { dayAfter });
    const packed = a.dayAfter(200);
    await turn();
    if (packed !== STATE.returned) {
      const set = a.setNew();
      const [, subtask] = started(packed);
      a.join(subtask, set);
      for (let tries = 0; tries < 50 && polled(a, set)[0] !== SUBTASK; tries += 1) await turn();
    }
    if (a.soonRead(a.peek(200), 100) === BLOCKED) await turn();
    expect(a.peek(100)).toBe(12);
  });

  it.each(['abc', 7, {}, Promise.resolve([])])('refuses %o in place of a stream', async (value) => {
    const { a } = await asyncFaults(engine, { source: () => value });
    expect(() => a.source()).toThrow(TypeError);
  });
});

/** A future that is not a promise. */
function thenable(value: number): object {
  // oxlint-disable-next-line unicorn/no-thenable -- the shape under test
  return { then: (resolve: (value: number) => void) => resolve(value) };
}

async function* failing(): AsyncGenerator<number> {
  yield 1;
  throw new Error('disk');
}

/** Reads until there are so many bytes or the stream ends. */
async function readBytes(
  guest: Awaited<ReturnType<typeof asyncFaults>>['a'],
  handle: number,
  set: number,
  count: number,
): Promise<number[]> {
  const bytes: number[] = [];
  for (;;) {
    let result = guest.bytesRead(handle, 100, count - bytes.length);
    for (let tries = 0; result === BLOCKED && tries < 50; tries += 1) {
      await turn();
      const [event, , payload] = polled(guest, set);
      if (event === STREAM_READ) result = payload;
    }
    for (let at = 0; at < result >>> 4; at += 1) bytes.push(guest.peek(100 + at) & 255);
    if ((result & 15) !== COMPLETED || bytes.length >= count) return bytes;
  }
}
