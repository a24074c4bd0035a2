import { compile } from '@wit-ts/runtime';
import { expect, it } from 'vitest';
import { testComponent } from '../test-component.ts';
import { LeakTestCalls } from './leak-test-calls.ts';

it.each(['compile', 'reference'] as const)('calls leave no resource behind (%s)', async (engine) => {
  const [guest, resources] = await Promise.all(
    ['bench-guest/built/wat.wasm', 'resources/built/wat.wasm'].map(async (path) =>
      compile(await testComponent(path), { engine }),
    ),
  );
  const calls = new LeakTestCalls(guest!, resources!);
  for (let round = 0; round < 100; round += 1) calls.makeRound(false);
  expect(calls.alive).toEqual({ counters: 0, files: 0 });
});
