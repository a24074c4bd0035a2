import { ComponentError, Trap } from '@wit-ts/abi';
import type { Type } from '@wit-ts/model';
import { describe, expect, it, vi } from 'vitest';
import { EndGuest, type Outcome, settled } from '../fixtures/end-guest.ts';

const RESULT: Type = { kind: { tag: 'result', ok: 'u8', err: 'string' } };

function thenable(then: (resolve: (value: unknown) => void) => unknown): object {
  // oxlint-disable-next-line unicorn/no-thenable -- hosts give such objects
  return { then };
}

/** Lets a guest read what the host gives as a future, and returns the value that it finds. */
async function readBy(guest: EndGuest, given: unknown): Promise<unknown> {
  const index = guest.given(given);
  const ptr = guest.allocate(guest.elements!.size);
  let outcome: Outcome | undefined = guest.read(index, ptr);
  if (outcome === 'blocked') {
    await settled();
    outcome = guest.event(index);
  }
  return outcome === undefined ? undefined : guest.elements!.load(ptr, 1)[0];
}

describe('a future that the host gives', () => {
  it.each<[string, () => unknown]>([
    ['a promise', () => Promise.resolve(7)],
    ['another thenable', () => thenable((resolve) => resolve(7))],
    [
      'a thenable that returns a rejected promise',
      () =>
        thenable((resolve) => {
          resolve(7);
          return Promise.reject(new Error('of then'));
        }),
    ],
  ])('is %s', async (_, given) => {
    expect(await readBy(new EndGuest('u8', 'future'), given())).toBe(7);
  });

  it('is not a value without then', () => {
    expect(() => new EndGuest('u8', 'future').given(7)).toThrow(new TypeError('expected a promise, got 7'));
  });

  it.each<[string, () => unknown, unknown]>([
    ['its ok', () => Promise.resolve(3), { tag: 'ok', val: 3 }],
    ['a result as a value', () => Promise.resolve({ tag: 'err', val: 'no' }), { tag: 'err', val: 'no' }],
    ['a rejection with a payload', () => Promise.reject(new ComponentError('no')), { tag: 'err', val: 'no' }],
    // oxlint-disable-next-line prefer-promise-reject-errors -- hosts do that
    [
      'a rejection with something that is not an error',
      () => Promise.reject('no'),
      { tag: 'err', val: 'no' },
    ],
  ])('gives a result by %s', async (_, given, expected) => {
    expect(await readBy(new EndGuest(RESULT, 'future'), given())).toEqual(expected);
  });

  it('ignores the value of an ok that has no payload', async () => {
    const guest = new EndGuest({ kind: { tag: 'result', err: 'string' } }, 'future');
    expect(await readBy(guest, Promise.resolve({ bytesRead: 5n }))).toEqual({ tag: 'ok', val: undefined });
  });

  it.each<[string, Type]>([
    ['in a result', RESULT],
    ['in any other future', 'u8'],
  ])('ends the component by a rejection with an error %s', async (_, element) => {
    const guest = new EndGuest(element, 'future');
    const error = new Error('of the host');
    expect(await readBy(guest, Promise.reject(error))).toBeUndefined();
    expect(guest.store.failure).toBeInstanceOf(Trap);
    expect(guest.store.failure).toMatchObject({
      message:
        "the-function: the host's promise for a future was rejected: of the host " +
        '(running `future.read` of the guest)',
      cause: error,
    });
  });

  it('ends the component when its then throws', async () => {
    const guest = new EndGuest('u8', 'future');
    const throwing = thenable(() => {
      throw new Error('of then');
    });
    await readBy(guest, throwing);
    expect(guest.store.failure?.message).toContain('was rejected: of then');
  });

  it('ends the component when the value does not fit', async () => {
    const guest = new EndGuest('u8', 'future');
    await readBy(guest, Promise.resolve(300));
    expect(String(guest.store.failure)).toBe(
      'TypeError: the-function: the value of a future: the-elements: values[0]: expected u8, got 300',
    );
  });

  it('is not touched before the guest reads, and its then is called once', async () => {
    const guest = new EndGuest('u8', 'future');
    const then = vi.fn();
    const index = guest.given(thenable(then));
    expect(then).not.toHaveBeenCalled();
    const ptr = guest.allocate(1);
    expect(guest.read(index, ptr)).toBe('blocked');
    expect(guest.store.hostOperations).toBe(1);
    expect(guest.cancel('read', index)).toEqual(['cancelled', 1]);
    expect(guest.store.hostOperations).toBe(0);
    expect(guest.read(index, ptr)).toBe('blocked');
    expect(then).toHaveBeenCalledOnce();
  });

  it('keeps its value over a read that was cancelled', async () => {
    const guest = new EndGuest('u8', 'future');
    const index = guest.given(Promise.resolve(7));
    const ptr = guest.allocate(1);
    guest.read(index, ptr);
    guest.cancel('read', index);
    await settled();
    expect(guest.read(index, ptr)).toEqual(['completed', 1]);
    expect(guest.bytes[ptr]).toBe(7);
  });

  it('makes no unhandled rejection when the guest never reads it, or drops it', async () => {
    const unhandled = vi.fn();
    process.on('unhandledRejection', unhandled);
    const guest = new EndGuest('u8', 'future');
    guest.given(Promise.reject(new Error('unread')));
    const { promise, reject } = Promise.withResolvers<number>();
    const index = guest.given(promise);
    guest.read(index, guest.allocate(1));
    guest.cancel('read', index);
    guest.drop('read', index);
    reject(new Error('dropped'));
    await settled();
    process.off('unhandledRejection', unhandled);
    expect(unhandled).not.toHaveBeenCalled();
    expect(guest.store.failure).toBeUndefined();
  });

  it('goes through a component to the host', async () => {
    const guest = new EndGuest(RESULT, 'future');
    const through = (given: unknown): Promise<unknown> =>
      guest.codec.lift(guest.given(given)) as Promise<unknown>;
    expect(await through(Promise.resolve(3))).toBe(3);
    await expect(through(Promise.reject(new ComponentError('no')))).rejects.toMatchObject({ payload: 'no' });
    const error = new Error('of the host');
    await expect(through(Promise.reject(error))).rejects.toBe(error);
    expect(guest.store.failure).toBeUndefined();
  });
});
