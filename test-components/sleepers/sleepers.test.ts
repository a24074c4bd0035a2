import { readFile } from 'node:fs/promises';
import { instantiate, type ComponentError } from '@wit-ts/runtime';
import { beforeAll, describe, expect, it } from 'vitest';
import { inTestComponents } from '../building/paths.ts';

interface Sleepers {
  nap(milliseconds: number): Promise<number>;
  readonly 'wasi:cli/run@0.3.0': { run(): Promise<void> };
}

const MILLISECOND = 1_000_000n;

/** A clock that a test moves, and an output that it reads. */
class Host {
  readonly #waiting = new Map<bigint, () => void>();
  #now = 0n;
  text = '';
  /** Whether the host drops the output unread. */
  isClosed = false;

  readonly imports = {
    'wasi:clocks/monotonic-clock@0.3.0': {
      now: () => this.#now,
      waitFor: (nanoseconds: bigint) =>
        new Promise<void>((done) => this.#waiting.set(this.#now + nanoseconds, done)),
    },
    'wasi:cli/stdout@0.3.0': {
      writeViaStream: async (data: AsyncIterable<Uint8Array>) => {
        if (this.isClosed) return void (await data[Symbol.asyncIterator]().return?.());
        for await (const chunk of data) this.text += new TextDecoder().decode(chunk);
      },
    },
  };

  get waiting(): number {
    return this.#waiting.size;
  }

  /** Ends the waits that are over, the last first. */
  moveTo(milliseconds: number): void {
    this.#now = BigInt(milliseconds) * MILLISECOND;
    const over = [...this.#waiting].filter(([end]) => end <= this.#now);
    for (const [end, done] of over.toSorted(([a], [b]) => Number(b - a))) {
      this.#waiting.delete(end);
      done();
    }
  }
}

describe('sleepers', () => {
  let bytes: Uint8Array<ArrayBuffer>;
  beforeAll(async () => {
    bytes = new Uint8Array(await readFile(inTestComponents('sleepers/built/c.wasm')));
  });

  it('waits in a hundred tasks at once, which end in any order', async () => {
    const host = new Host();
    const { nap } = await instantiate<Sleepers>(bytes, host.imports);
    const lengths = Array.from({ length: 100 }, (_, index) => index + 1);
    const ended: number[] = [];
    const naps = lengths.map(async (length) => {
      ended.push(await nap(length));
    });
    expect(host.waiting).toBe(100);
    host.moveTo(40);
    await Promise.all(naps.slice(0, 40));
    expect(ended).toEqual(lengths.slice(0, 40).toReversed());
    expect(host.waiting).toBe(60);
    host.moveTo(100);
    await Promise.all(naps);
    expect(ended.slice(40)).toEqual(lengths.slice(40).toReversed());
  });

  it('waits for a hundred calls in one task', async () => {
    const host = new Host();
    const exports = await instantiate<Sleepers>(bytes, host.imports);
    const running = exports['wasi:cli/run@0.3.0'].run();
    expect(host.waiting).toBe(100);
    host.moveTo(99);
    expect(host.waiting).toBe(1);
    host.moveTo(102);
    await running;
    expect(host.text).toBe('100 naps, 100 at once; 5050 ms one after another, 102 ms together\n');
  });

  it('fails when nobody reads its output', async () => {
    const host = new Host();
    host.isClosed = true;
    const exports = await instantiate<Sleepers>(bytes, host.imports);
    const running = exports['wasi:cli/run@0.3.0'].run();
    host.moveTo(100);
    await expect(running).rejects.toMatchObject({ name: 'ComponentError' } satisfies Partial<ComponentError>);
  });
});
