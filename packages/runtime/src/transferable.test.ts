import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { built } from './fixtures/components.ts';
import { engines } from './fixtures/faults-guests.ts';
import { linkingExports } from './fixtures/linking.ts';
import { compile, type CompileOptions, instantiate, type TransferableComponent } from './index.ts';

const script = new URL('fixtures/posted-component.ts', import.meta.url);
const faults = await built('faults');

interface Answer {
  readonly answers: readonly unknown[];
  /** How many core modules of the component the worker compiled. */
  readonly compilations: number;
  readonly again: TransferableComponent;
}

async function inWorker(component: TransferableComponent, options: CompileOptions = {}): Promise<Answer> {
  const worker = new Worker(script, {
    execArgv: ['--conditions=@wit-ts/source'],
    workerData: { component, options },
    transferList: [component.bytes.buffer],
  });
  const [answer] = (await once(worker, 'message')) as [Answer];
  await worker.terminate();
  return answer;
}

describe('a component for another thread', () => {
  it.each(engines)('runs in a worker, which compiles no core module again (%s)', async (engine) => {
    const component = await compile(faults, { engine });
    const { answers, compilations, again } = await inWorker(component.toTransferable(), { engine });
    expect(answers).toEqual([['a', 'ü'], 5, 7n]);
    expect(compilations).toBe(0);
    // It may be posted back, and the bytes that were transferred were a copy.
    expect(Object.keys(await instantiate(again, hostOfFaults))).toContain('echoU32');
    expect(Object.keys(await instantiate(component.toTransferable(), hostOfFaults))).toContain('echoU32');
  });

  it('keeps modules that were compiled for limits, with which it is compiled there', async () => {
    const limits = { memoryBytes: 2 ** 20 };
    const posted = (await compile(faults, { limits })).toTransferable();
    await expect(compile(structuredClone(posted))).rejects.toThrow(/limits/u);
    const { answers } = await inWorker(posted, { limits });
    expect(answers).toEqual([['a', 'ü'], 5, 7n]);
  });

  it('keeps modules that no limit concerns', async () => {
    const limits = { handles: 1000 };
    const component = await compile(faults, { limits });
    await instantiate(component, hostOfFaults, { limits: { memoryBytes: 2 ** 24 } });
    const { answers, compilations } = await inWorker(component.toTransferable(), { limits });
    expect([answers, compilations]).toEqual([[['a', 'ü'], 5, 7n], 0]);
  });

  it('may import components and core modules', async () => {
    const component = await compile(await built('linking'));
    const copy = structuredClone(component.toTransferable());
    expect(Object.keys(await instantiate(copy))).toEqual(Object.keys(await instantiate(component)));
  });

  it('is not a component that came out of an instance', async () => {
    const { captures } = await linkingExports();
    expect(() => captures!.toTransferable()).toThrow(
      'a component that an instance exports cannot be posted to another thread: post the component of that instance, and instantiate it there',
    );
  });
});

const hostOfFaults = { 'test:faults/clock@1.2.3': { now: () => 7n }, stamp: (number: number) => number };
