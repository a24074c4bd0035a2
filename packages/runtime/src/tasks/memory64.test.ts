import { describe, expect, it } from 'vitest';
import type { Stream, StreamSource } from '../async-types.ts';
import { built } from '../fixtures/components.ts';
import { compile, instantiate } from '../index.ts';

/** The component in `test-components/async-memory64`. */
interface Memory64 {
  addOne(bytes: StreamSource<number>): Promise<Stream<number, Uint8Array>>;
  first(words: StreamSource<number>): Promise<number>;
  settled(number: PromiseLike<bigint>): Promise<bigint>;
  forward(text: string): Promise<string>;
}

async function* later<T>(value: T): AsyncGenerator<T> {
  await new Promise((resolve) => setTimeout(resolve));
  yield value;
}

describe.each(['compile', 'reference'] as const)('a memory with 64-bit addresses (%s)', (engine) => {
  const made = async (): Promise<Memory64> =>
    instantiate<Memory64>(
      await compile(await built('async-memory64'), { engine }),
      { ask: async (text: string) => `${text}, yes` },
      {},
    );

  it('gives an i64 as the result of a synchronous stream.read and stream.write', async () => {
    const bytes: number[] = [];
    for await (const chunk of await (await made()).addOne([1, 2, 255])) bytes.push(...chunk);
    expect(bytes).toEqual([2, 3, 0]);
  });

  it('gives it also after the stack was suspended', async () => {
    const bytes: number[] = [];
    for await (const chunk of await (await made()).addOne(later(7))) bytes.push(...chunk);
    expect(bytes).toEqual([8]);
  });

  it('gives it as the result of an asynchronous stream.read, at once and as BLOCKED', async () => {
    const { first } = await made();
    expect(await first([4_000_000_000])).toBe(4_000_000_000);
    expect(await first(later(5))).toBe(5);
  });

  it('passes the other values through the same memory', async () => {
    const { settled, forward } = await made();
    expect(await settled(Promise.resolve(2n ** 63n))).toBe(2n ** 63n);
    expect(await forward('wörds')).toBe('wörds, yes');
  });
});
