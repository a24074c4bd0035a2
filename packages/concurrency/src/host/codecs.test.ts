import { Trap } from '@wit-ts/abi';
import { describe, expect, it } from 'vitest';
import { EndGuest, settled } from '../fixtures/end-guest.ts';
import { WaitableSet } from '../waitable.ts';
import type { ReadableEnd } from '../copy-end.ts';
import type { HostFuture } from './future.ts';
import type { HostStream } from './stream.ts';

describe('a readable end that goes to the host', () => {
  it('leaves the table of the instance, and counts as held by the host', () => {
    const guest = new EndGuest('u8');
    const [readable] = guest.new();
    guest.codec.lift(readable);
    expect(() => guest.read(readable, 8)).toThrow(`unknown handle index ${readable}`);
    expect(guest.store.hostEnds).toBe(1);
  });

  it('must be a readable end of the type', () => {
    const guest = new EndGuest('u8');
    const [, writable] = guest.new();
    expect(() => guest.codec.lift(writable)).toThrow(Trap);
    expect(() => guest.codec.lift(77)).toThrow('unknown handle index 77');
  });

  it('must not be in use, at its end, or in a waitable set', () => {
    const guest = new EndGuest('u8');
    const [busy] = guest.new();
    guest.read(busy, 8);
    expect(() => guest.codec.lift(busy)).toThrow('cannot remove busy stream');
    const [ended, writable] = guest.new();
    guest.drop('write', writable);
    expect(guest.read(ended, 8)).toEqual(['dropped', 0]);
    expect(() => guest.codec.lift(ended)).toThrow(
      'cannot lift stream after being notified that the writable end dropped',
    );
    const [member] = guest.new();
    (guest.instance.handles.get(member) as ReadableEnd).join(new WaitableSet());
    expect(() => guest.codec.lift(member)).toThrow("cannot lift stream while it's in a waitable set");
  });
});

describe('a stream that comes back from the host', () => {
  it('is the same stream for the guest, also when it was read before', async () => {
    const guest = new EndGuest('u8');
    const [stream, writable] = guest.newForHost<HostStream>();
    guest.bytes.set([1, 2, 3], 8);
    guest.write(writable, 8, 3);
    await stream.read();
    const readable = guest.given(stream);
    expect(guest.store.hostEnds).toBe(0);
    expect(guest.read(readable, 32, 9)).toEqual(['completed', 2]);
    expect(guest.bytes.slice(32, 34)).toEqual(Uint8Array.of(2, 3));
    await expect(stream.read()).rejects.toThrow(new TypeError('the stream was given away'));
    await stream.return();
    guest.event(writable);
    expect(guest.write(writable, 8, 1)).toBe('blocked');
  });

  it('can be given once only, and not while it is read', () => {
    const guest = new EndGuest('u8');
    const [stream] = guest.newForHost<HostStream>();
    const taken = new Set<unknown>();
    expect(guest.codec.mismatch(stream, taken)).toBeUndefined();
    expect(guest.codec.mismatch(stream, taken)).toBe(
      'an object that the call gives away is used twice in it',
    );
    guest.given(stream);
    expect(() => guest.given(stream)).toThrow('expected a stream, got a stream that was given away');
    const [other] = guest.newForHost<HostStream>();
    void other.read();
    expect(() => guest.given(other)).toThrow('expected a stream, got a stream that is being read');
  });

  it('is at its end when the host has read it to its end', async () => {
    const guest = new EndGuest('u8');
    const [stream, writable] = guest.newForHost<HostStream>();
    guest.drop('write', writable);
    await stream.read();
    expect(guest.read(guest.given(stream), 8, 1)).toEqual(['dropped', 0]);
  });

  it('is read in portions that another component asks for', async () => {
    const [from, to] = [new EndGuest('u8'), new EndGuest('u8')];
    const [stream, writable] = from.newForHost<HostStream>();
    from.bytes.set([1, 2, 3], 8);
    from.write(writable, 8, 3);
    const readable = to.given(stream);
    expect(to.read(readable, 8, 2)).toBe('blocked');
    await settled();
    expect(to.event(readable)).toEqual(['completed', 2]);
    expect(from.event(writable)).toEqual(['completed', 2]);
    to.drop('read', readable);
    expect(from.write(writable, 8, 3)).toEqual(['dropped', 0]);
    expect([from.store.hostEnds, to.store.hostOperations]).toEqual([0, 0]);
  });

  it('has typed arrays of its type when it goes through the component to the host', async () => {
    const guest = new EndGuest('u16');
    const chunk = Uint16Array.of(3, 4);
    const stream = guest.codec.lift(guest.given([[1, 2], chunk])) as HostStream;
    expect(await stream.read(9)).toEqual({ value: Uint16Array.of(1, 2), done: false });
    const { value } = await stream.read(9);
    chunk.fill(0);
    expect(value).toEqual(Uint16Array.of(3, 4));
    expect(await stream.read(9)).toEqual({ value: undefined, done: true });
    expect([guest.store.hostEnds, guest.store.hostOperations]).toEqual([0, 0]);
  });
});

describe('elements that go from host to host', () => {
  it('must fit their type, and safe integers may be integers of 64 bits', async () => {
    const long = new EndGuest('u64');
    const stream = long.codec.lift(long.given([[1, 2n]])) as HostStream;
    expect(await stream.read(9)).toEqual({ value: BigUint64Array.of(1n, 2n), done: false });
    const guest = new EndGuest('string');
    const bad = guest.codec.lift(guest.given(['a', 7])) as HostStream;
    await expect(bad.read(2)).rejects.toThrow(
      'the-function: an element of a stream: values[1]: expected a string, got 7',
    );
    const future = new EndGuest('u8', 'future');
    await expect(future.codec.lift(future.given(Promise.resolve(-1)))).rejects.toThrow(
      'the-function: the value of a future: values[0]: expected u8, got -1',
    );
  });
});

describe('a future that comes back from the host', () => {
  it('can be given once only', () => {
    const guest = new EndGuest('u8', 'future');
    const [future] = guest.newForHost<HostFuture>();
    const taken = new Set<unknown>();
    expect(guest.codec.mismatch(future, taken)).toBeUndefined();
    expect(guest.codec.mismatch(future, taken)).toBe(
      'an object that the call gives away is used twice in it',
    );
  });

  it('is read for another component only when that reads it', async () => {
    const [from, to] = [new EndGuest('u8', 'future'), new EndGuest('u8', 'future')];
    const [future, writable] = from.newForHost<HostFuture>();
    const readable = to.given(future);
    expect(from.write(writable, 8)).toBe('blocked');
    await settled();
    expect(from.event(writable)).toBeUndefined();
    to.read(readable, 8);
    await settled();
    expect(from.event(writable)).toEqual(['completed', 1]);
    expect(to.event(readable)).toEqual(['completed', 1]);
  });
});
