import { describe, expect, it, vi } from 'vitest';
import { built } from '../fixtures/components.ts';
import { callSignal, compile, instantiate } from '../index.ts';

interface Caller {
  load(name: string, options?: { readonly signal?: AbortSignal }): Promise<string>;
}

describe.each(['compile', 'reference'] as const)('callSignal (%s)', async (engine) => {
  const component = await compile(await built('waiting/caller'), { engine });
  const made = (fetch: (name: string) => unknown): Promise<Caller> =>
    instantiate<Caller>(component, { fetch });

  it('is aborted when the component cancels the call, and its late answer is ignored', async () => {
    const seen: AbortSignal[] = [];
    let answer: ((text: string) => void) | undefined;
    const caller = await made((name) => {
      seen.push(callSignal());
      return name === 'slow'
        ? new Promise<string>((resolve) => (answer = resolve))
        : Promise.resolve(`${name}!`);
    });
    const controller = new AbortController();
    const slow = caller.load('slow', { signal: controller.signal });
    await vi.waitUntil(() => seen.length === 1);
    expect(seen[0]!.aborted).toBe(false);
    controller.abort(new Error('too late'));
    await expect(slow).rejects.toThrow('too late');
    expect(seen[0]!.aborted).toBe(true);
    answer!('unheard');
    expect(await caller.load('quick')).toBe('quick!');
    expect(seen[1]).not.toBe(seen[0]);
    expect(seen[1]!.aborted).toBe(false);
  });

  it('is one signal for each call', async () => {
    const caller = await made(async () => String(callSignal() === callSignal()));
    expect(await caller.load('')).toBe('true');
  });

  it('must be called before the first await, inside a host function', async () => {
    const caller = await made(async () => {
      await Promise.resolve();
      try {
        return String(callSignal().aborted);
      } catch (error) {
        return (error as Error).message;
      }
    });
    const message = 'callSignal: call it inside an asynchronous host function, before its first `await`';
    expect(await caller.load('')).toBe(message);
    expect(() => callSignal()).toThrow(message);
  });
});
