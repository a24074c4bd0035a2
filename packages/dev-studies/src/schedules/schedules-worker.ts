import { parentPort, workerData } from 'node:worker_threads';
import { compile } from '@wit-ts/runtime';
import { type ProgramLog, showEvent } from './log.ts';
import { type Difference, replay } from './replay.ts';
import { specificationLogs } from './specification-process.ts';

/** The programs that one worker compares. */
export interface SchedulesTask {
  readonly definitions: string;
  readonly component: Uint8Array<ArrayBuffer>;
  readonly firstSeed: number;
  readonly count: number;
}

/** A program that the runtime ran otherwise than the specification. */
interface DifferentProgram {
  readonly seed: number;
  /** The index in the log. */
  readonly at: number;
  readonly message: string;
  /** The events before the difference, for people. */
  readonly before: readonly string[];
  readonly log: ProgramLog;
}

/** What a worker found. Counts are by name. */
export interface SchedulesResult {
  readonly programs: number;
  readonly events: number;
  readonly kinds: Readonly<Record<string, number>>;
  /** How the programs ended. */
  readonly ends: Readonly<Record<string, number>>;
  /** The checks of the specification that failed, by function and line. */
  readonly traps: Readonly<Record<string, number>>;
  /** All checks of the specification. */
  readonly checks: readonly string[];
  readonly differences: readonly DifferentProgram[];
}

/** How many events before a difference are shown. */
const SHOWN_EVENTS = 12;
/** A worker stops after so many differences. */
const MAX_DIFFERENCES = 50;

/** Compares the programs of a range of seeds. */
async function compareSchedules(task: SchedulesTask): Promise<SchedulesResult> {
  const component = await compile(task.component);
  const kinds = new Counter();
  const ends = new Counter();
  const traps = new Counter();
  const differences: DifferentProgram[] = [];
  let checks: readonly string[] = [];
  let programs = 0;
  for await (const line of specificationLogs(task.definitions, task.firstSeed, task.count)) {
    if (line.tag === 'checks') {
      checks = line.checks;
      continue;
    }
    const { log } = line;
    const seed = task.firstSeed + programs;
    programs += 1;
    for (const event of log) kinds.count(event[0]);
    const last = log.at(-1)!;
    ends.count(last[0] === 'end' ? last[1] : last[0]);
    if (last[0] === 'trap') traps.count(last[1]);
    const difference = (await replay(component, log)) ?? unhandledAt(log);
    if (difference === undefined) continue;
    const before = log.slice(Math.max(0, difference.at - SHOWN_EVENTS), difference.at).map(showEvent);
    differences.push({ seed, at: difference.at, message: difference.message, before, log });
    if (differences.length === MAX_DIFFERENCES) break;
  }
  const counts = { kinds: kinds.all, ends: ends.all, traps: traps.all };
  return { programs, events: kinds.sum, ...counts, checks, differences };
}

/** Rejections of promises that nobody handled. The runtime must not leave any. */
const unhandled: unknown[] = [];
process.on('unhandledRejection', (reason) => unhandled.push(reason));

function unhandledAt(log: ProgramLog): Difference | undefined {
  if (unhandled.length === 0) return undefined;
  const message = unhandled.splice(0).map(String).join('; ');
  return { at: log.length, message: `the runtime leaves an unhandled rejection: ${message}` };
}

class Counter {
  readonly all: Record<string, number> = {};
  sum = 0;

  count(name: string): void {
    this.all[name] = (this.all[name] ?? 0) + 1;
    this.sum += 1;
  }
}

if (parentPort !== null) parentPort.postMessage(await compareSchedules(workerData as SchedulesTask));
