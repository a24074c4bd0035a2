import { beforeEach, expect, it, vi } from 'vitest';
import { compile } from '../component.ts';
import { hostEngine, provideHostEngine } from './host-engine.ts';

vi.mock('@wit-ts/abi/compile/host', () => {
  throw new TypeError('this platform has no dynamic imports');
});

const empty = new Uint8Array([0, 0x61, 0x73, 0x6d, 0x0d, 0, 1, 0]);

function notCalled(): never {
  throw new Error('the engine is only passed on');
}

beforeEach(() => provideHostEngine(undefined));

it('says what to do when the engine cannot be loaded', async () => {
  await expect(compile(empty)).rejects.toThrow(
    'a part of the runtime cannot be loaded: serve all files of the bundle, or bundle the program into one file',
  );
});

it('reports a faulty component first', async () => {
  await expect(compile(empty.slice(0, 7))).rejects.toThrow('the input ends');
});

it('needs no loading when the engine was loaded at once', async () => {
  provideHostEngine(notCalled);
  expect(await hostEngine()).toBe(notCalled);
  provideHostEngine(undefined);
});
