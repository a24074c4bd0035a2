import { Trap } from '@wit-ts/abi';
import { describe, expect, it } from 'vitest';
import { EndGuest, settled } from '../fixtures/end-guest.ts';
import { HostStream } from './stream.ts';

const END = { value: undefined, done: true };

/** A guest with a `stream<u8>` whose memory has the bytes 0, 1, 2, … from address 1024 on. */
function bytesGuest(): { guest: EndGuest; stream: HostStream; writable: number; ptr: number } {
  const guest = new EndGuest('u8');
  const [stream, writable] = guest.newForHost<HostStream>();
  const ptr = guest.allocate(256);
  for (let i = 0; i < 256; i += 1) guest.bytes[ptr + i] = i;
  return { guest, stream, writable, ptr };
}

describe('a stream that the host receives', () => {
  it('gives numbers as typed arrays, also for one element, and fewer than asked for', async () => {
    const { guest, stream, writable, ptr } = bytesGuest();
    expect(guest.write(writable, ptr, 5)).toBe('blocked');
    expect(await stream.read()).toEqual({ value: Uint8Array.of(0), done: false });
    expect(await stream.read({ count: 2 })).toEqual({ value: Uint8Array.of(1, 2), done: false });
    expect(await stream.read(100)).toEqual({ value: Uint8Array.of(3, 4), done: false });
    expect(guest.event(writable)).toEqual(['completed', 5]);
  });

  it('writes numbers to an array that the host brings', async () => {
    const { guest, stream, writable, ptr } = bytesGuest();
    const into = new Uint8Array(8).fill(99);
    guest.write(writable, ptr + 1, 5);
    const { value } = await stream.read({ count: 3, into });
    expect(value).toEqual(Uint8Array.of(1, 2, 3));
    expect((value as Uint8Array).buffer).toBe(into.buffer);
    expect([...into]).toEqual([1, 2, 3, 99, 99, 99, 99, 99]);
    expect(await stream.read({ count: 8, into })).toEqual({ value: Uint8Array.of(4, 5), done: false });
    expect(guest.event(writable)).toEqual(['completed', 5]);
  });

  it('loses nothing when the array of the host has no room any more', async () => {
    const { guest, stream, writable, ptr } = bytesGuest();
    const into = new Uint8Array(8);
    const read = stream.read({ count: 8, into });
    structuredClone(into.buffer, { transfer: [into.buffer] });
    guest.write(writable, ptr, 3);
    expect(await read).toEqual({ value: Uint8Array.of(0, 1, 2), done: false });
  });

  it.each([
    ['u8', 4, new Uint8Array(3), 'expected a Uint8Array of at least 4 elements as the `into` of a read'],
    ['u8', 1, new Int8Array(3), 'expected a Uint8Array of at least 1 elements'],
    ['u8', 1, [1], 'expected a Uint8Array'],
    ['bool', 1, new Uint8Array(3), 'expected nothing as the `into` of a read'],
  ] as const)('refuses an array that does not fit: %s, %s', async (type, count, into, message) => {
    const [stream] = new EndGuest(type).newForHost<HostStream>();
    await expect(stream.read({ count, into })).rejects.toThrow(message);
  });

  it('gives other elements alone for a count of one, and otherwise in an array', async () => {
    const guest = new EndGuest('bool');
    const [stream, writable] = guest.newForHost<HostStream>();
    const ptr = guest.allocate(3);
    guest.bytes.set([1, 0, 1], ptr);
    guest.write(writable, ptr, 3);
    expect(await stream.read()).toEqual({ value: true, done: false });
    expect(await stream.read(2)).toEqual({ value: [false, true], done: false });
  });

  it('gives undefined for the elements of a stream without an element type, and not too many at once', async () => {
    const guest = new EndGuest(undefined);
    const [stream, writable] = guest.newForHost<HostStream>();
    guest.write(writable, 0, 2 ** 28 - 1);
    expect(await stream.read()).toEqual({ value: undefined, done: false });
    expect(await stream.read(3)).toEqual({ value: [undefined, undefined, undefined], done: false });
    const { value } = await stream.read(2 ** 28);
    expect((value as unknown[]).length).toBe(65_536);
  });

  it('answers reads in their order, one write after the other', async () => {
    const { guest, stream, writable, ptr } = bytesGuest();
    const reads = [stream.read(2), stream.read(1), stream.read(9)];
    expect(guest.write(writable, ptr, 4)).toEqual(['completed', 2]);
    expect(guest.write(writable, ptr + 2, 2)).toEqual(['completed', 1]);
    expect(guest.write(writable, ptr + 3, 1)).toEqual(['completed', 1]);
    expect(await Promise.all(reads)).toEqual([
      { value: Uint8Array.of(0, 1), done: false },
      { value: Uint8Array.of(2), done: false },
      { value: Uint8Array.of(3), done: false },
    ]);
  });

  it('reads nothing before the host asks', async () => {
    const { guest, writable, ptr } = bytesGuest();
    expect(guest.write(writable, ptr, 4)).toBe('blocked');
    await settled();
    expect(guest.event(writable)).toBeUndefined();
    expect(guest.cancel('write', writable)).toEqual(['cancelled', 0]);
  });

  it('ends when the writer is dropped, and stays at its end', async () => {
    const { guest, stream, writable } = bytesGuest();
    const waiting = stream.read();
    guest.drop('write', writable);
    expect(await waiting).toEqual(END);
    expect(await stream.read(5)).toEqual(END);
    expect(await stream.next()).toEqual(END);
    expect(guest.store.hostEnds).toBe(0);
  });

  it('refuses counts that are not positive integers', async () => {
    const { stream } = bytesGuest();
    const bad = [0, -1, 1.5, Number.NaN, Infinity, '1', null, { count: 0 }, { count: 1, rejectLength: -1 }];
    for (const count of bad) await expect(stream.read(count as never)).rejects.toThrow(TypeError);
    await expect(stream.read(0)).rejects.toThrow('expected a positive integer as the count of a read, got 0');
  });

  it.each<[string, (stream: HostStream) => unknown]>([
    ['return', (stream) => stream.return()],
    ['cancel', (stream) => stream.cancel('why')],
    ['disposal', (stream) => stream[Symbol.dispose]()],
    ['asynchronous disposal', (stream) => stream[Symbol.asyncDispose]()],
  ])('drops the end by %s, and answers the reads that wait with the end', async (_, drop) => {
    const { guest, stream, writable, ptr } = bytesGuest();
    const reads = [stream.read(), stream.read()];
    await drop(stream);
    await drop(stream);
    expect(await Promise.all(reads)).toEqual([END, END]);
    expect(await stream.read()).toEqual(END);
    expect(guest.write(writable, ptr, 4)).toEqual(['dropped', 0]);
    expect(guest.store.hostEnds).toBe(0);
  });

  it('tells a waiting writer how much was read before the end was dropped', async () => {
    const { guest, stream, writable, ptr } = bytesGuest();
    guest.write(writable, ptr, 4);
    await stream.read(3);
    await stream.return();
    expect(guest.event(writable)).toEqual(['dropped', 3]);
  });

  it('is iterated in chunks of what is there, and dropped by a loop that stops early', async () => {
    const { guest, stream, writable, ptr } = bytesGuest();
    guest.write(writable, ptr, 4);
    for await (const chunk of stream) {
      expect(chunk).toEqual(Uint8Array.of(0, 1, 2, 3));
      break;
    }
    expect(guest.event(writable)).toEqual(['dropped', 4]);
  });

  it('is iterated to its end', async () => {
    const guest = new EndGuest('string');
    const [stream, writable] = guest.newForHost<HostStream>();
    const ptr = guest.allocate(16, 4);
    guest.elements!.store(['one', 'two'], ptr);
    guest.write(writable, ptr, 2);
    const found: unknown[] = [];
    for await (const each of stream) {
      found.push(each);
      if (found.length < 2) continue;
      guest.event(writable);
      guest.drop('write', writable);
    }
    expect(found).toEqual(['one', 'two']);
  });

  it('rejects what waits and all later reads with the failure of the component', async () => {
    const { guest, stream } = bytesGuest();
    const reads = [stream.read(), stream.read()];
    const trap = new Trap('broken');
    guest.store.fail(trap);
    const outcomes = await Promise.allSettled([...reads, stream.next()]);
    expect(outcomes.map((each) => (each as PromiseRejectedResult).reason as unknown)).toEqual([
      trap,
      trap,
      trap,
    ]);
  });

  it('ends the component when it writes elements that are invalid', async () => {
    const guest = new EndGuest({ kind: { tag: 'option', type: 'u8' } });
    const [stream, writable] = guest.newForHost<HostStream>();
    const ptr = guest.allocate(2, 1);
    guest.bytes.set([7, 7], ptr);
    guest.write(writable, ptr, 1);
    await expect(stream.read()).rejects.toThrow(Trap);
    expect(guest.store.failure).toBeInstanceOf(Trap);
    await expect(stream.read()).rejects.toThrow(guest.store.failure!.message);
  });
});

describe('a read that may be refused', () => {
  it('waits for a writer with elements, and reads them if they are few enough', async () => {
    const { guest, stream, writable, ptr } = bytesGuest();
    const read = stream.read({ count: 2, rejectLength: 4 });
    expect(guest.write(writable, ptr, 0)).toEqual(['completed', 0]);
    expect(guest.write(writable, ptr, 4)).toBe('blocked');
    expect(await read).toEqual({ value: Uint8Array.of(0, 1), done: false });
    expect(await stream.read({ count: 9, rejectLength: 2 })).toEqual({
      value: Uint8Array.of(2, 3),
      done: false,
    });
    expect(guest.event(writable)).toEqual(['completed', 4]);
  });

  it('reads nothing and ends the stream when the writer offers too many', async () => {
    const { guest, stream, writable, ptr } = bytesGuest();
    guest.write(writable, ptr, 4);
    expect(await stream.read({ count: 3, rejectLength: 3 })).toEqual({ ...END, rejectedLength: 4 });
    expect(guest.event(writable)).toEqual(['dropped', 0]);
    expect(await stream.read()).toEqual(END);
  });

  it('finds out with a count of zero whether the stream has ended', async () => {
    const ended = bytesGuest();
    const atEnd = ended.stream.read({ count: 0, rejectLength: 0 });
    ended.guest.drop('write', ended.writable);
    expect(await atEnd).toEqual(END);
    const longer = bytesGuest();
    const tooLong = longer.stream.read({ count: 0, rejectLength: 0 });
    longer.guest.write(longer.writable, longer.ptr, 7);
    expect(await tooLong).toEqual({ ...END, rejectedLength: 7 });
  });

  it('goes on waiting when the writer cancels before it was read', async () => {
    const { guest, stream, writable, ptr } = bytesGuest();
    const read = stream.read({ count: 2, rejectLength: 4 });
    guest.write(writable, ptr, 4);
    expect(guest.cancel('write', writable)).toEqual(['cancelled', 0]);
    await settled();
    guest.write(writable, ptr + 4, 1);
    expect(await read).toEqual({ value: Uint8Array.of(4), done: false });
  });

  it('is answered with the end when the host drops the stream', async () => {
    const { guest, stream, writable, ptr } = bytesGuest();
    const read = stream.read({ count: 2, rejectLength: 4 });
    guest.write(writable, ptr, 4);
    await stream.cancel();
    expect(await read).toEqual(END);
    expect(guest.event(writable)).toEqual(['dropped', 0]);
  });
});
