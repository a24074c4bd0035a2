/**
 * `pnpm bench:tasks [COUNT]`: shows the memory of 10,000 tasks that wait at the same time, and the memory after each
 * tenth of COUNT tasks and COUNT streams and futures (a million by default), which are made one after another.
 */
import { textTable } from '@wit-ts/dev-support/text-table';
import { instantiate } from '@wit-ts/runtime';
import { asyncGuestByHand } from '../contenders/by-hand/concurrency/async-guest.ts';
import { type AsyncGuest, type AsyncHost, makeAsyncHost } from '../guests/async-guest.ts';
import { testComponent } from '../test-component.ts';
import { TasksAndStreams } from './tasks-and-streams.ts';
import { measureWaitingTasks, memoryAfterCollection } from './waiting-tasks.ts';

const WAITING = 10_000;

if (globalThis.gc === undefined)
  throw new Error('run this script with `node --expose-gc`, as `pnpm bench:tasks` does');
const count = Number(process.argv[2] ?? 1_000_000);
const component = await testComponent('async-bench/built/wat.wasm');
await showWaitingTasks();
await showRounds('tasks', (work) => work.runTasks());
await showRounds('streams', async (work) => {
  work.openAndDrop();
  await work.receive();
  await work.give();
});

function makeGuest(host: AsyncHost): Promise<AsyncGuest> {
  return instantiate<AsyncGuest>(component, { 'bench:tasks/host': { ...host } });
}

function makeByHand(host: AsyncHost): Promise<AsyncGuest> {
  return asyncGuestByHand(component, host);
}

function waitInCallback(guest: AsyncGuest): Promise<number> {
  return guest.consumer.hold(1);
}

function waitOnStack(guest: AsyncGuest): Promise<number> {
  return guest.blocker.hold(1);
}

async function showWaitingTasks(): Promise<void> {
  const rows: string[][] = [];
  for (const [name, make, start] of [
    ['by hand, in callbacks', makeByHand, waitInCallback],
    ['wit-ts, in callbacks', makeGuest, waitInCallback],
    ['by hand, suspended stacks', makeByHand, waitOnStack],
    ['wit-ts, suspended stacks', makeGuest, waitOnStack],
  ] as const) {
    const { heap, resident, left } = await measureWaitingTasks(WAITING, make, start);
    rows.push([name, heap.toFixed(0), resident.toFixed(0), left.toFixed(0)]);
  }
  const headings = [
    `${WAITING.toLocaleString('en')} waiting tasks`,
    'heap of each',
    'resident of each',
    'heap left',
  ];
  process.stdout.write(`Bytes:\n\n${textTable(headings, rows)}\n\n`);
}

async function showRounds(
  what: 'tasks' | 'streams',
  run: (work: TasksAndStreams) => Promise<void>,
): Promise<void> {
  const work = new TasksAndStreams(await makeGuest(makeAsyncHost()));
  for (let round = 0; round < 1000; round += 1) await run(work);
  work.tasks = 0;
  work.streams = 0;
  const started = performance.now();
  const memories = [await memoryAfterCollection()];
  const rows: string[][] = [];
  for (let part = 1; part <= 10; part += 1) {
    while (work[what] < (count * part) / 10) await run(work);
    const memory = await memoryAfterCollection();
    memories.push(memory);
    const { heapUsed, external, rss } = memory;
    rows.push([
      work[what].toLocaleString('en'),
      ...[heapUsed, external, rss].map((bytes) => `${(bytes / 1024).toFixed(0)} KiB`),
    ]);
  }
  const seconds = (performance.now() - started) / 1000;
  const growth = memories[10]!.heapUsed - memories[1]!.heapUsed;
  process.stdout.write(
    `${textTable([what, 'heap', 'external', 'resident'], rows)}\n\n` +
      `They took ${seconds.toFixed(1)} s. Between the first tenth and the last, the heap grew by ${growth} bytes.\n\n`,
  );
}
