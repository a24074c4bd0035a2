import { thrown } from '@wit-ts/dev-support/thrown';
import { describe, expect, it } from 'vitest';
import { built } from '../fixtures/components.ts';
import { compile, ComponentError, instantiateSync, Trap } from '../index.ts';

type Texts = 'callSync' | 'callAsync';
type Asking = 'askSync' | 'askAsync';
type Failing = 'never' | 'twice' | 'mistyped' | 'wait';

interface TasksGuest
  extends
    Record<Texts, (text: string) => Promise<string>>,
    Record<Failing, () => Promise<void>>,
    Record<Asking, (a: number) => Promise<number>> {
  now(a: number): Promise<number>;
  later(times: number): Promise<number>;
  check(a: number): Promise<number>;
  context(): number;
  syncReturn(): void;
  hold(): void;
  readonly inner: { readonly Thing: new () => Disposable };
  readonly borrower: Record<'over' | 'past', (thing: Disposable) => Promise<void>>;
}

describe.each([
  ['compile', {}],
  ['reference', {}],
  ['compile', { trace: () => undefined }],
] as const)('asynchronous functions that do not wait (%s, %o)', async (engine, options) => {
  const component = await compile(await built('tasks'), { engine });
  const made = (ask: (a: number) => unknown = (a) => a): TasksGuest =>
    instantiateSync<TasksGuest>(component, { ask }, options);

  it('return a promise of their result, with or without a callback', async () => {
    const { now, later } = made();
    const promise = now(41);
    expect(promise).toBeInstanceOf(Promise);
    expect(await promise).toBe(42);
    expect(await later(5)).toBe(7);
    expect(await now(1)).toBe(2);
  });

  it('reject with the `err` of their result, and with a TypeError for a wrong value', async () => {
    const { check } = made();
    expect(await check(5)).toBe(5);
    const error: unknown = await check(0).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ComponentError);
    expect((error as ComponentError).payload).toBe('refused');
    await expect(check(-1)).rejects.toThrow(TypeError);
    expect(await check(6)).toBe(6);
  });

  it.each<Texts>(['callSync', 'callAsync'])('can be called by other components: %s', async (name) => {
    const guest = made();
    expect(await guest[name]('hällo 🦊')).toBe('hällo 🦊');
    expect(await guest[name]('')).toBe('');
  });

  it.each<[Failing, string]>([
    ['never', 'the task ended without `task.return`'],
    ['twice', '`task.return` was called a second time'],
    ['mistyped', 'invalid `task.return` signature'],
    ['wait', 'unknown handle index 0'],
  ])('trap when they break the rules of tasks: %s', async (name, message) => {
    const guest = made();
    const error: unknown = await guest[name]().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(Trap);
    expect((error as Trap).message).toContain(message);
    expect(String(await guest.now(1).catch(String))).toContain('cannot enter component instance');
  });

  it('are the only functions that may call `task.return`', () => {
    expect(thrown(made().syncReturn).message).toContain('called by a task that is not asynchronous');
  });

  it.each<Asking>(['askSync', 'askAsync'])(
    'can call a host function that answers at once: %s',
    async (name) => {
      const guest = made((a) => a + 1);
      expect(await guest[name](41)).toBe(42);
    },
  );

  it('can wait for a host function that answers later, on a stack that the platform suspends', async () => {
    expect(await made((a) => Promise.resolve(a + 1)).askSync(41)).toBe(42);
    const error: unknown = await made(() => Promise.reject(new Error('no answer')))
      .askSync(1)
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(Trap);
    expect((error as Trap).message).toContain(
      "ask: the promise of the host's function was rejected: no answer (called by the component › asking)",
    );
    expect((error as Trap).cause).toMatchObject({ message: 'no answer' });
  });

  it('wait while there is backpressure, and trap if nothing can end it', async () => {
    const { hold, now, context } = made();
    hold();
    expect(context()).toBe(0);
    await expect(now(1)).rejects.toThrow(
      'deadlock detected: event loop cannot make further progress: `now` of the component › inner waits; ' +
        'task 1 (`now` of the component › inner) waits for its turn to enter the component › inner',
    );
  });

  it('may return only after they dropped their borrowed handles', async () => {
    const { inner, borrower } = made();
    const thing = new inner.Thing();
    expect(await borrower.over(thing)).toBeUndefined();
    await expect(borrower.past(thing)).rejects.toThrow(
      'borrow handles still remain at the end of the call (running `task.return` of the component › borrower)',
    );
  });

  it('have their own context, which their post-return function shares', () => {
    const { context } = made();
    expect([context(), context(), context()]).toEqual([0, 42, 42]);
  });
});
