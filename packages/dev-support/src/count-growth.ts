import { Session } from 'node:inspector/promises';
import { argv, stdout } from 'node:process';
import { pathToFileURL } from 'node:url';
import type { Growth, GrowthCase } from './growth.ts';

/** The script of `growthOf`: prints the growth of each case of a module as JSON. */

const session = new Session();
session.connect();
await session.post('Profiler.enable');
// Before the module is loaded, because the engine adds its counters when it compiles a function.
await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });

async function countWork(task: () => unknown): Promise<number> {
  // This sets the counters to zero.
  await session.post('Profiler.takePreciseCoverage');
  task();
  const { result } = await session.post('Profiler.takePreciseCoverage');
  let work = 0;
  for (const { url, functions } of result) {
    // Emitted code has no URL.
    if (url.startsWith('node:') || url === import.meta.url) continue;
    for (const { ranges } of functions) for (const { count } of ranges) work += count;
  }
  return work;
}

const { growthCases } = (await import(pathToFileURL(argv[2]!).href)) as {
  growthCases: readonly GrowthCase[];
};
const counted: [string, Growth][] = [];
for (const { name, task, size } of growthCases) {
  // Things that are made once and kept are made here.
  task(size)();
  counted.push([name, { once: await countWork(task(size)), twice: await countWork(task(2 * size)) }]);
}
stdout.write(JSON.stringify(counted));
