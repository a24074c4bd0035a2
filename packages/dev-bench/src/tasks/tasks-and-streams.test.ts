import { instantiate } from '@wit-ts/runtime';
import { expect, it } from 'vitest';
import { asyncGuestByHand } from '../contenders/by-hand/concurrency/async-guest.ts';
import { type AsyncGuest, makeAsyncHost } from '../guests/async-guest.ts';
import { testComponent } from '../test-component.ts';
import { TasksAndStreams } from './tasks-and-streams.ts';

const component = await testComponent('async-bench/built/wat.wasm');

it.each([
  ['by hand', () => asyncGuestByHand(component, makeAsyncHost())],
  ['wit-ts', () => instantiate<AsyncGuest>(component, { 'bench:tasks/host': { ...makeAsyncHost() } })],
])('runs tasks and streams, and counts them: %s', async (_, make) => {
  const work = new TasksAndStreams(await make());
  for (let round = 0; round < 100; round += 1) {
    await work.runTasks();
    work.openAndDrop();
    await work.receive();
    await work.give();
  }
  expect({ tasks: work.tasks, streams: work.streams }).toEqual({ tasks: 2800, streams: 2200 });
});

it('ends tasks although the host never lets timers run', async () => {
  const { producer } = await instantiate<AsyncGuest>(component, {
    'bench:tasks/host': { ...makeAsyncHost() },
  });
  // The guest has memory for 16,384 tasks at the same time.
  for (let i = 0; i < 20_000; i += 1) expect(await producer.giveNumber(i)).toBe(i);
});
