import { describe, expect, it } from 'vitest';
import type { OutputGrant } from '../grants.ts';
import type { ByteSink } from './byte-streams.ts';
import { makeSystem } from './make-system.ts';

const open = (stdout: OutputGrant): ByteSink => makeSystem({ stdout }).stdout;

describe('a standard output', () => {
  it('hands copies of the bytes to a function', () => {
    const chunks: Uint8Array[] = [];
    const sink = open((chunk) => chunks.push(chunk));
    const bytes = Uint8Array.of(1, 2);
    sink.write(bytes);
    bytes.fill(9);
    sink.write(new Uint8Array());
    expect(chunks).toEqual([Uint8Array.of(1, 2)]);
    expect(sink.block?.(0)).toBe(true);
  });

  it('takes bytes and forgets them when it is absent', async () => {
    const { stderr } = makeSystem({});
    expect(stderr.capacity()).toBeGreaterThan(0);
    stderr.write(new Uint8Array(10));
    await stderr.flush();
  });

  it('waits for a stream whose reader is slow, with at most a window of bytes on their way', async () => {
    const waiting: (() => void)[] = [];
    const stream = new WritableStream<Uint8Array>({
      write: () => new Promise<void>((resolve) => waiting.push(resolve)),
    });
    const sink = open(stream);
    expect(sink.block).toBeUndefined();
    let written = 0;
    for (let room = sink.capacity(); room > 0; room = sink.capacity()) {
      sink.write(new Uint8Array(Math.min(room, 10_000)));
      written += Math.min(room, 10_000);
    }
    expect(written).toBe(65_536);
    let isReady = false;
    const ready = sink.ready().then(() => (isReady = true));
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(isReady).toBe(false);
    await release(waiting, ready);
    expect(sink.capacity()).toBeGreaterThan(0);
    await release(waiting, sink.flush());
    expect(sink.capacity()).toBe(65_536);
  });

  it('closes its stream with the instance, after all bytes', async () => {
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
    const system = makeSystem({ stdout: writable });
    const all = new Response(readable).text();
    system.stdout.write(new TextEncoder().encode('all '));
    system.stdout.write(new TextEncoder().encode('of it'));
    system.close();
    expect(await all).toBe('all of it');
  });

  it('fails when its stream has failed', async () => {
    const stream = new WritableStream<Uint8Array>({
      write() {
        throw new Error('disk');
      },
    });
    const sink = open(stream);
    sink.write(new Uint8Array(1));
    await expect(sink.flush()).rejects.toMatchObject({ code: 'io', message: 'disk' });
    expect(() => sink.capacity()).toThrow('disk');
    expect(() => sink.write(new Uint8Array(1))).toThrow('disk');
    sink.close();
  });
});

/** Lets writes finish until a promise resolves. */
async function release(waiting: (() => void)[], until: Promise<unknown>): Promise<void> {
  const step = new Promise<'waiting'>((resolve) => setTimeout(resolve, 1, 'waiting'));
  for (const each of waiting.splice(0)) each();
  if ((await Promise.race([until, step])) === 'waiting') await release(waiting, until);
}
