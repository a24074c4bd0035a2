import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { built } from '../fixtures/components.ts';
import { compile, instantiate, type InstantiateOptions, type Stream, Trap } from '../index.ts';

/** Each row of the table in `docs/tasks-streams-futures.md` ("Outcomes"). */

interface Options {
  readonly signal?: AbortSignal;
}

interface Waiting {
  later(n: number, options?: Options): Promise<number>;
  count(to: number): Promise<Stream<number, Uint8Array>>;
  sum(data: unknown, most: number): Promise<number>;
  double(n: number): Promise<number>;
  after(value: unknown): Promise<number>;
  never(): Promise<void>;
  silent(): Promise<Stream<number, Uint8Array>>;
  spin(options?: Options): Promise<void>;
  crashLater(): Promise<number>;
}

interface Caller {
  load(name: string, options?: Options): Promise<string>;
}

const TRAPPED = expect.objectContaining({
  name: 'Trap',
  message: 'wasm trap: unreachable (running `crash-later` of the component)',
});

/** An iterator that gives numbers until it is closed. */
class Numbers implements AsyncIterator<number> {
  asked = 0;
  isClosed = false;
  readonly #most: number;

  constructor(most = Infinity) {
    this.#most = most;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<IteratorResult<number>> {
    this.asked += 1;
    if (this.asked > this.#most) return new Promise(() => undefined);
    return Promise.resolve({ value: 1, done: false });
  }

  return(): Promise<IteratorResult<number>> {
    this.isClosed = true;
    return Promise.resolve({ value: undefined, done: true });
  }
}

describe.each(['compile', 'reference'] as const)('outcomes (%s)', async (engine) => {
  const waiting = await compile(await built('waiting/guest'), { engine });
  const calling = await compile(await built('waiting/caller'), { engine });
  const made = (options: InstantiateOptions = {}): Promise<Waiting> =>
    instantiate<Waiting>(waiting, {}, { onError: () => undefined, ...options });
  const caller = (fetch: () => unknown): Promise<Caller> => instantiate<Caller>(calling, { fetch });

  describe('of a stream that the host gives', () => {
    it('the component drops it early: the source is closed, and nothing more is taken', async () => {
      const source = new Numbers();
      expect(await (await made()).sum(source, 2)).toBe(3);
      expect([source.asked, source.isClosed]).toEqual([3, true]);
      const cancel = vi.fn();
      const endless = new ReadableStream({ pull: (to) => to.enqueue(Uint8Array.of(1, 1, 1)), cancel });
      expect(await (await made()).sum(endless, 2)).toBe(3);
      expect(cancel).toHaveBeenCalledOnce();
    });

    it('the source throws: the stream ends, and `onError` receives the error', async () => {
      const errors: Error[] = [];
      const fault = new Error('the disk is gone');
      async function* broken(): AsyncGenerator<number> {
        yield 5;
        throw fault;
      }
      const { sum } = await made({ onError: (error) => errors.push(error) });
      expect(await sum(broken(), 9)).toBe(5);
      expect(errors.map(({ cause }) => cause)).toEqual([fault]);
      expect(await sum([1], 9)).toBe(1);
    });

    it('an element does not fit: the call rejects with a TypeError, and the instance is closed', async () => {
      const { sum, later } = await made();
      await expect(sum([1, 300], 9)).rejects.toThrow(/^sum: an element of a stream: .*300/u);
      await expect(later(1)).rejects.toThrow('it failed before');
    });

    it('the component traps: the source is closed', async () => {
      const source = new Numbers(1);
      const { sum, crashLater } = await made();
      const call = sum(source, 9);
      expect(await crashLater()).toBe(1);
      await expect(call).rejects.toEqual(TRAPPED);
      expect(source.isClosed).toBe(true);
    });

    it('the source gives nothing: the call waits, which is not a deadlock', async () => {
      const { sum } = await made();
      expect(await Promise.race([sum(new Numbers(0), 9), sleep(5, 'waits')])).toBe('waits');
    });
  });

  describe('of a stream that the host receives', () => {
    it.each<[string, (stream: Stream<number, Uint8Array>) => unknown]>([
      ['cancels it', (stream) => stream.cancel()],
      ['returns it', (stream) => stream.return()],
      ['disposes of it', (stream) => stream[Symbol.dispose]()],
      ['disposes of it asynchronously', (stream) => stream[Symbol.asyncDispose]()],
    ])(
      'the host %s: the component learns that nobody reads, and later reads are at the end',
      async (_, end) => {
        const { count, later } = await made();
        const stream = await count(100);
        expect((await stream.read(2)).value).toEqual(Uint8Array.of(0, 1));
        await end(stream);
        expect(await stream.read(2)).toEqual({ value: undefined, done: true });
        expect(await later(1)).toBe(2);
      },
    );

    it('a loop stops early: the same', async () => {
      const stream = await (await made()).count(100);
      for await (const chunk of stream) {
        expect(chunk).toEqual(Uint8Array.of(0, 1, 2, 3));
        break;
      }
      expect(await stream.next()).toEqual({ value: undefined, done: true });
    });

    it('the component drops it: reads are at the end', async () => {
      const stream = await (await made()).count(1);
      expect((await stream.read(9)).value).toEqual(Uint8Array.of(0));
      expect(await stream.read(9)).toEqual({ value: undefined, done: true });
    });

    it('the component traps: reads that wait reject with the trap, and so do later ones', async () => {
      const { silent, crashLater } = await made();
      const stream = await silent();
      const read = stream.read();
      await crashLater();
      await expect(read).rejects.toEqual(TRAPPED);
      await expect(stream.read()).rejects.toEqual(TRAPPED);
    });

    it('the component never writes: reads wait', async () => {
      const stream = await (await made()).silent();
      expect(await Promise.race([stream.read(), sleep(5, 'waits')])).toBe('waits');
    });

    it('the host does not read: the component waits, which is not a deadlock', async () => {
      const { count, later } = await made();
      const stream = await count(6);
      await sleep(5);
      expect(await later(1)).toBe(2);
      expect((await stream.read(6)).value).toEqual(Uint8Array.of(0, 1, 2, 3));
    });
  });

  describe('of futures', () => {
    it('the host rejects one that is not a result: the component traps when it reads it', async () => {
      const fault = new Error('offline');
      const { after } = await made();
      const error: unknown = await after(Promise.reject(fault)).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(Trap);
      expect(error).toMatchObject({ cause: fault });
    });

    it('the host never settles one: the call waits, which is not a deadlock', async () => {
      const { after } = await made();
      expect(await Promise.race([after(new Promise(() => undefined)), sleep(5, 'waits')])).toBe('waits');
    });

    it('the component traps before it writes: the promise rejects with the trap', async () => {
      const { crashLater, double } = await made();
      const crash = crashLater();
      await expect(double(1)).rejects.toEqual(TRAPPED);
      expect(await crash).toBe(1);
    });
  });

  describe('of calls', () => {
    it('the signal was aborted before: the call rejects and does not start', async () => {
      const fetch = vi.fn();
      const { load } = await caller(fetch);
      await expect(load('a', { signal: AbortSignal.abort('no') })).rejects.toBe('no');
      expect(fetch).not.toHaveBeenCalled();
    });

    it('the signal is aborted, and the component stops: the call rejects with the reason', async () => {
      const controller = new AbortController();
      const { spin, later } = await made();
      const call = spin({ signal: controller.signal });
      controller.abort('enough');
      await expect(call).rejects.toBe('enough');
      expect(await later(1)).toBe(2);
    });

    it('the signal is aborted, and the component returns nevertheless: the call resolves', async () => {
      const controller = new AbortController();
      const call = (await made()).later(1, { signal: controller.signal });
      controller.abort('enough');
      expect(await call).toBe(2);
    });

    it('a function of the host rejects: the component traps, with the error as the cause', async () => {
      const fault = new Error('offline');
      const { load } = await caller(() => Promise.reject(fault));
      const error: unknown = await load('a').catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(Trap);
      expect(error).toMatchObject({ cause: fault });
    });

    it('the host never answers: the call waits, which is not a deadlock', async () => {
      const { load } = await caller(() => new Promise(() => undefined));
      expect(await Promise.race([load('a'), sleep(5, 'waits')])).toBe('waits');
    });

    it('a task traps: every call that waits rejects with the trap, and later calls do', async () => {
      const { never, later, crashLater } = await made();
      const calls = [never(), later(1), crashLater()];
      const [first, , third] = await Promise.allSettled(calls);
      expect(first).toMatchObject({ reason: TRAPPED });
      expect(third).toEqual({ status: 'fulfilled', value: 1 });
      await expect(later(1)).rejects.toThrow('it failed before: wasm trap: unreachable');
    });
  });
});
