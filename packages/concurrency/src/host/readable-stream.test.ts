import { Trap } from '@wit-ts/abi';
import { describe, expect, it } from 'vitest';
import { EndGuest, settled } from '../fixtures/end-guest.ts';
import type { HostStream } from './stream.ts';

function bytesGuest(): { guest: EndGuest; stream: HostStream; writable: number; ptr: number } {
  const guest = new EndGuest('u8');
  const [stream, writable] = guest.newForHost<HostStream>();
  const ptr = guest.allocate(16);
  guest.bytes.set([1, 2, 3, 4, 5, 6], ptr);
  return { guest, stream, writable, ptr };
}

describe('a stream as a ReadableStream', () => {
  it('is read only when it is asked for, in the chunks that are written', async () => {
    const { guest, stream, writable, ptr } = bytesGuest();
    const reader = stream.toReadableStream().getReader();
    expect(guest.write(writable, ptr, 4)).toBe('blocked');
    await settled();
    expect(guest.event(writable)).toBeUndefined();
    expect(await reader.read()).toEqual({ value: Uint8Array.of(1, 2, 3, 4), done: false });
    await settled();
    expect(guest.event(writable)).toEqual(['completed', 4]);
    const last = reader.read();
    await settled();
    guest.drop('write', writable);
    expect(await last).toEqual({ value: undefined, done: true });
  });

  it('fills the buffers of its readers when the elements are bytes', async () => {
    const { guest, stream, writable, ptr } = bytesGuest();
    const reader = (stream.toReadableStream() as ReadableStream<Uint8Array>).getReader({ mode: 'byob' });
    guest.write(writable, ptr, 5);
    const first = await reader.read(new Uint8Array(3));
    expect(first).toEqual({ value: Uint8Array.of(1, 2, 3), done: false });
    const second = await reader.read(new Uint8Array(16));
    expect(second).toEqual({ value: Uint8Array.of(4, 5), done: false });
    guest.event(writable);
    const last = reader.read(new Uint8Array(8));
    await settled();
    guest.drop('write', writable);
    expect(await last).toEqual({ value: new Uint8Array(0), done: true });
  });

  it('gives other elements one at a time', async () => {
    const guest = new EndGuest('string');
    const [stream, writable] = guest.newForHost<HostStream>();
    const ptr = guest.allocate(16, 4);
    guest.elements!.store(['one', 'two'], ptr);
    guest.write(writable, ptr, 2);
    const reader = stream.toReadableStream().getReader();
    expect(await reader.read()).toEqual({ value: 'one', done: false });
    await settled();
    expect(await reader.read()).toEqual({ value: 'two', done: false });
  });

  it.each(['u8', 'u16'] as const)(
    'drops the end when it is cancelled, also during a read (%s)',
    async (element) => {
      const guest = new EndGuest(element);
      const [stream, writable] = guest.newForHost<HostStream>();
      const reader = stream.toReadableStream().getReader();
      const waiting = reader.read();
      await settled();
      await reader.cancel();
      expect(await waiting).toEqual({ value: undefined, done: true });
      expect(guest.write(writable, 8, 1)).toEqual(['dropped', 0]);
    },
  );

  it('fails as the component does', async () => {
    const { guest, stream } = bytesGuest();
    const reader = stream.toReadableStream().getReader();
    const waiting = reader.read();
    await settled();
    guest.store.fail(new Trap('broken'));
    await expect(waiting).rejects.toThrow('broken');
  });

  it('replaces the stream, and cannot be made while that is read', async () => {
    const { guest, stream, writable } = bytesGuest();
    const waiting = stream.read();
    expect(() => stream.toReadableStream()).toThrow(
      new TypeError('cannot hand over a stream that is being read'),
    );
    guest.write(writable, 8, 1);
    await waiting;
    stream.toReadableStream();
    await expect(stream.read()).rejects.toThrow(new TypeError('the stream was given away'));
    expect(guest.store.hostEnds).toBe(1);
  });
});
