import { ComponentError, Trap } from '@wit-ts/abi';
import type { Type } from '@wit-ts/model';
import { describe, expect, it, vi } from 'vitest';
import { EndGuest, settled } from '../fixtures/end-guest.ts';

const RESULT: Type = { kind: { tag: 'result', ok: 'u8', err: 'string' } };

/** A guest with a future for the host, and a value of it in memory. */
function written(
  element: Type,
  value: unknown,
): { guest: EndGuest; future: Promise<unknown>; writable: number; ptr: number } {
  const guest = new EndGuest(element, 'future');
  const [future, writable] = guest.newForHost<Promise<unknown>>();
  const ptr = guest.allocate(guest.elements!.size);
  guest.elements!.store([value], ptr);
  return { guest, future, writable, ptr };
}

describe('a future that the host receives', () => {
  it('is a promise whose value is read when the host first waits for it', async () => {
    const { guest, future, writable, ptr } = written('u8', 7);
    expect(future).toBeInstanceOf(Promise);
    expect(guest.write(writable, ptr)).toBe('blocked');
    await settled();
    expect(guest.event(writable)).toBeUndefined();
    expect(await future).toBe(7);
    expect(guest.event(writable)).toEqual(['completed', 1]);
    expect(await Promise.all([future, future.finally(() => undefined)])).toEqual([7, 7]);
    expect(guest.store.hostEnds).toBe(0);
  });

  it('may be waited for before it is written', async () => {
    const { guest, future, writable, ptr } = written('string', 'late');
    const all = Promise.all([future, future]);
    await settled();
    expect(guest.write(writable, ptr)).toEqual(['completed', 1]);
    expect(await all).toEqual(['late', 'late']);
  });

  it('resolves with the ok of a result, and rejects with its err', async () => {
    const good = written(RESULT, { tag: 'ok', val: 3 });
    good.guest.write(good.writable, good.ptr);
    expect(await good.future).toBe(3);
    const bad = written(RESULT, { tag: 'err', val: 'no' });
    bad.guest.write(bad.writable, bad.ptr);
    const error = await bad.future.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ComponentError);
    expect((error as ComponentError).payload).toBe('no');
  });

  it('makes no unhandled rejection when nobody waits for it', async () => {
    const unhandled = vi.fn();
    process.on('unhandledRejection', unhandled);
    const { guest, writable, ptr } = written(RESULT, { tag: 'err', val: 'no' });
    guest.write(writable, ptr);
    guest.store.fail(new Trap('broken'));
    await settled();
    process.off('unhandledRejection', unhandled);
    expect(unhandled).not.toHaveBeenCalled();
  });

  it('rejects with the failure of the component, before and after the host waits', async () => {
    const { guest, future } = written('u8', 7);
    const other = guest.newForHost<Promise<unknown>>()[0];
    const waiting = expect(future).rejects.toThrow('broken');
    guest.store.fail(new Trap('broken'));
    await waiting;
    await expect(other).rejects.toThrow('broken');
  });

  it('ends the component when its value is invalid', async () => {
    const { guest, future, writable, ptr } = written({ kind: { tag: 'option', type: 'u8' } }, 1);
    guest.bytes[ptr] = 9;
    guest.write(writable, ptr);
    await expect(future).rejects.toThrow(Trap);
    expect(guest.store.failure).toBeInstanceOf(Trap);
  });

  it('is dropped without reading by disposal', async () => {
    const { guest, future, writable, ptr } = written('u8', 7);
    (future as Promise<unknown> & Disposable)[Symbol.dispose]();
    expect(guest.write(writable, ptr)).toEqual(['dropped', 1]);
    await expect(future).rejects.toThrow('given away or dropped');
    expect(guest.codec.mismatch(future, new Set())).toBe(
      'expected a promise, got a future that was given away or dropped',
    );
  });

  it('comes back to the component as the same future when nobody waited for it', async () => {
    const { guest, future, writable, ptr } = written('u8', 7);
    const readable = guest.given(future);
    const into = guest.allocate(1, 1);
    expect(guest.read(readable, into)).toBe('blocked');
    expect(guest.write(writable, ptr)).toEqual(['completed', 1]);
    expect(guest.event(readable)).toEqual(['completed', 1]);
    expect(guest.bytes[into]).toBe(7);
    expect(guest.store.hostEnds).toBe(0);
  });

  it('is a usual promise for the component when the host has waited for it', async () => {
    const { guest, future, writable, ptr } = written('u8', 7);
    guest.write(writable, ptr);
    await future;
    const readable = guest.given(future);
    const into = guest.allocate(1, 1);
    guest.read(readable, into);
    await settled();
    expect(guest.event(readable)).toEqual(['completed', 1]);
    expect(guest.bytes[into]).toBe(7);
  });
});
