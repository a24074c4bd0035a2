import { expect, it } from 'vitest';
import { asyncGuestByHand } from '../contenders/by-hand/concurrency/async-guest.ts';
import { makeAsyncHost } from '../guests/async-guest.ts';
import { testComponent } from '../test-component.ts';
import { TasksAndStreams } from './tasks-and-streams.ts';

it('counts the tasks and streams that it makes', async () => {
  const guest = await asyncGuestByHand(await testComponent('async-bench/built/wat.wasm'), makeAsyncHost());
  const work = new TasksAndStreams(guest);
  for (let round = 0; round < 100; round += 1) {
    await work.runTasks();
    work.openAndDrop();
    await work.receive();
    await work.give();
  }
  expect({ tasks: work.tasks, streams: work.streams }).toEqual({ tasks: 2800, streams: 2200 });
});
