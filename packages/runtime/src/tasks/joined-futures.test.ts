import { describe, expect, it } from 'vitest';
import type { Future, FutureSource } from '../async-types.ts';
import { built } from '../fixtures/components.ts';
import { compile, ComponentError, instantiate } from '../index.ts';

/** The component in `test-components/async-joined`, as generated code has its types. */
interface Joined {
  sameNested(value: PromiseLike<number>): Promise<number>;
  sameResult(value: FutureSource<number, string>): Future<number, string>;
  inner(value: PromiseLike<number>): Promise<number>;
  innerOfResult(value: FutureSource<number, string>): Promise<number>;
}

describe.each(['compile', 'reference'] as const)('a future inside a future (%s)', (engine) => {
  const made = async (): Promise<Joined> =>
    instantiate<Joined>(await compile(await built('async-joined'), { engine }));

  it('is given as one promise', async () => {
    const { sameNested, inner } = await made();
    expect(await inner(Promise.resolve(4))).toBe(4);
    expect(await inner(Promise.resolve(Promise.resolve(5)))).toBe(5);
    expect(await sameNested(Promise.resolve(6))).toBe(6);
  });

  it('rejects as one promise', async () => {
    const { sameNested, inner } = await made();
    await expect(sameNested(Promise.reject(new Error('offline')))).rejects.toThrow('offline');
    await expect(inner(Promise.reject(new Error('offline')))).rejects.toThrow(
      "the host's promise for a future was rejected: offline",
    );
  });

  it('is the `ok` of a result that the promise resolves with, or names', async () => {
    const { sameResult, innerOfResult } = await made();
    expect(await innerOfResult(Promise.resolve(4))).toBe(4);
    expect(await innerOfResult(Promise.resolve({ tag: 'ok', val: 5 }))).toBe(5);
    expect(await sameResult(Promise.resolve(Promise.resolve(6)))).toBe(6);
  });

  it('is absent when the promise rejects with the `err`', async () => {
    const { sameResult, innerOfResult } = await made();
    expect(await innerOfResult(Promise.reject(new ComponentError('late')))).toBe(4);
    await expect(sameResult(Promise.reject(new ComponentError('late')))).rejects.toMatchObject({
      payload: 'late',
    });
  });

  it('is refused when the value does not fit', async () => {
    const { inner } = await made();
    await expect(inner(Promise.resolve(-1))).rejects.toThrow(
      'the value of a future: future.read: values[0]: expected u32, got -1',
    );
  });
});
