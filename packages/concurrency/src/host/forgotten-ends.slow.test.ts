import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { EndGuest, settled } from '../fixtures/end-guest.ts';
import type { HostFuture } from './future.ts';
import type { HostStream } from './stream.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

function heapUsed(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

/** Runs something many times, and returns by how many bytes the heap has grown for each. */
async function growth(times: number, run: (index: number) => unknown): Promise<number> {
  const loop = async (count: number): Promise<void> => {
    for (let i = 0; i < count; i += 1) {
      run(i);
      if (i % 1000 === 0) await settled();
    }
    await settled();
  };
  await loop(20_000);
  const before = heapUsed();
  await loop(times);
  return (heapUsed() - before) / times;
}

describe('streams and futures that the host forgets', () => {
  it('are dropped when they are garbage collected', async () => {
    const stream = new EndGuest('u8');
    const future = new EndGuest('u8', 'future');
    const writables = [stream, future].map((guest) => guest.newForHost()[1]);
    stream.write(writables[0]!, 8, 5);
    future.write(writables[1]!, 8);
    for (let i = 0; i < 20 && stream.store.hostEnds + future.store.hostEnds > 0; i += 1) {
      collectGarbage();
      await settled();
    }
    expect(stream.event(writables[0]!)).toEqual(['dropped', 0]);
    expect(future.event(writables[1]!)).toEqual(['dropped', 1]);
    expect([stream.store.hostEnds, future.store.hostEnds]).toEqual([0, 0]);
  });

  it('take no memory once a million of them were opened and dropped', async () => {
    const guest = new EndGuest('u8');
    const perStream = await growth(1_000_000, () => {
      const [stream, writable] = guest.newForHost<HostStream>();
      void stream.read();
      void stream.return();
      guest.drop('write', writable);
    });
    expect(perStream).toBeLessThan(4);
    const futures = new EndGuest('u8', 'future');
    const perFuture = await growth(200_000, () => {
      const [future, writable] = futures.newForHost<HostFuture>();
      void future.then();
      futures.write(writable, 8);
      futures.event(writable);
      futures.drop('write', writable);
    });
    expect(perFuture).toBeLessThan(8);
  });

  it('take no memory when the host gave them and the guest dropped them while it waited', async () => {
    const guest = new EndGuest('u8');
    const perStream = await growth(200_000, (i) => {
      const index = guest.given(
        i % 2 === 0 ? [1, 2, 3] : { next: () => new Promise<never>(() => undefined) },
      );
      if (guest.read(index, 8) === 'blocked') guest.cancel('read', index);
      guest.drop('read', index);
    });
    expect(perStream).toBeLessThan(8);
    const futures = new EndGuest('u8', 'future');
    const perFuture = await growth(200_000, () => {
      futures.drop('read', futures.given(new Promise<never>(() => undefined)));
    });
    expect(perFuture).toBeLessThan(8);
    expect([guest.instance.handles.size, futures.instance.handles.size]).toEqual([0, 0]);
  });
});
