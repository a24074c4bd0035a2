import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { markdownTable } from '@wit-ts/dev-support/markdown-table';
import type { Study, StudyFindings, StudyOptions } from '../study.ts';
import { schedulesComponent } from './component.ts';
import type { SchedulesResult, SchedulesTask } from './schedules-worker.ts';
import { definitionsIn } from './specification-process.ts';

/**
 * Runs random programs of concurrent components under the specification's `definitions.py` and in the runtime, with the
 * same choices of which thread continues.
 */
export const schedules: Study = {
  name: 'schedules',
  question: 'Do random concurrent programs run as the specification says?',
  run,
};

const PROGRAMS = 100_000;
/** How many differences are shown. */
const SHOWN = 10;

async function run({ seed, count = PROGRAMS, specification }: StudyOptions): Promise<StudyFindings> {
  const definitions = definitionsIn(specification ?? process.env['WIT_TS_SPECIFICATION']);
  const component = await schedulesComponent();
  const threads = Math.min(availableParallelism(), count);
  const started = performance.now();
  const results = await Promise.all(
    Array.from({ length: threads }, (_, index) => {
      const from = Math.floor((count * index) / threads);
      const to = Math.floor((count * (index + 1)) / threads);
      return inWorker({ definitions, component, firstSeed: seed + from, count: to - from });
    }),
  );
  const seconds = Math.round((performance.now() - started) / 1000);
  const failed = results.some(({ differences }) => differences.length > 0);
  return { markdown: report(results, seed, seconds, threads), failed, data: { seed, seconds, results } };
}

function inWorker(task: SchedulesTask): Promise<SchedulesResult> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('schedules-worker.ts', import.meta.url), { workerData: task });
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}

function report(results: readonly SchedulesResult[], seed: number, seconds: number, threads: number): string {
  const programs = sum(results.map((one) => one.programs));
  const events = sum(results.map((one) => one.events));
  const differences = results.flatMap((one) => one.differences);
  const traps = total(results.map((one) => one.traps));
  const checks = results[0]!.checks.length;
  const lines = [
    `${number(programs)} programs with ${number(events)} events (seed ${seed}): ` +
      `${number(differences.length)} differences, found in ${number(seconds)} s with ${threads} threads. ` +
      `The programs trap at ${traps.size} of the ${checks} checks in \`definitions.py\`.`,
    '',
    ...markdownTable(
      ['how programs end', 'programs'],
      rows(total(results.map((one) => one.ends)), END_TEXTS),
    ),
    '',
    ...markdownTable(['event', 'number'], rows(total(results.map((one) => one.kinds)), EVENT_TEXTS)),
  ];
  for (const { seed: one, message, before } of differences.slice(0, SHOWN))
    lines.push('', `Seed ${one}: ${message}`, '', '```', ...before, '```');
  return lines.join('\n');
}

const END_TEXTS: Readonly<Record<string, string>> = {
  done: 'every call of the host has returned',
  waiting: 'some calls of the host wait for what never comes',
  trap: 'a trap',
  'cut off': 'cut off, because they are long',
  platform:
    'cut off, because JavaScript cannot wait for a suspended stack in a call that is not asynchronous',
  fault: 'an assertion of the specification fails, so that the rest is not compared',
};

const EVENT_TEXTS: Readonly<Record<string, string>> = {
  call: 'the host calls a guest',
  enter: 'core code is entered',
  next: 'a guest performs an operation',
  import: 'a guest calls the host',
  finish: 'a function of the host returns later',
  cancel: 'the host cancels a call',
  tick: 'a ready thread continues',
  pick: 'a ready thread continues inside a call, or is cancelled',
  pull: 'a guest reads from the host',
  give: 'the host has an item for a stream',
  closed: 'a stream of the host has no reader any more',
  read: 'the host reads a stream',
  got: 'such a read has bytes, or is at the end',
  drop: 'the host drops a stream',
  stopped: 'a guest cancels a call of the host',
  resolved: 'a call of the host has its result',
};

function rows(counts: ReadonlyMap<string, number>, texts: Readonly<Record<string, string>>): string[][] {
  return [...counts].flatMap(([name, count]) => {
    const text = texts[name];
    return text === undefined ? [] : [[text, number(count)]];
  });
}

function total(all: readonly Readonly<Record<string, number>>[]): ReadonlyMap<string, number> {
  const totals = new Map<string, number>();
  for (const counts of all)
    for (const [name, count] of Object.entries(counts)) totals.set(name, (totals.get(name) ?? 0) + count);
  return totals;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((left, right) => left + right, 0);
}

function number(value: number): string {
  return value.toLocaleString('en');
}
