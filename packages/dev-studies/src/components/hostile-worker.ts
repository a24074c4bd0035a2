import { parentPort, workerData } from 'node:worker_threads';
import {
  componentWorld,
  decode,
  DecodeError,
  decodeWitPackage,
  isWitPackage,
  validate,
} from '@wit-ts/component';
import { contentsOf } from '@wit-ts/component/inspect';
import { mismatches } from '@wit-ts/model';
import { plan } from '@wit-ts/plan';
import { Random } from '../random.ts';
import type { Specimen } from './collect.ts';
import { mutateBytes } from './mutate.ts';

/** What the worker is to do. */
export interface HostileTask {
  readonly specimens: readonly Specimen[];
  readonly seed: number;
  readonly from: number;
  readonly to: number;
}

/** What it reports, every so often and at the end. */
export interface HostileProgress {
  /** The mutant that comes next. */
  readonly next: number;
  readonly outcomes: Readonly<Record<string, number>>;
  readonly exceptions: readonly {
    readonly mutant: number;
    readonly specimen: string;
    readonly error: string;
  }[];
  /** The slowest mutant, in milliseconds. */
  readonly slowest: { readonly mutant: number; readonly specimen: string; readonly time: number };
  /** The largest heap seen, in bytes. */
  readonly heap: number;
  readonly done: boolean;
}

const REPORT_EVERY = 250;

const { specimens, seed, from, to } = workerData as HostileTask;
const outcomes: Record<string, number> = {};
const exceptions: { mutant: number; specimen: string; error: string }[] = [];
let slowest = { mutant: -1, specimen: '', time: 0 };
let heap = 0;

for (let mutant = from; mutant < to; mutant += 1) {
  const random = new Random(seed * 1_000_003 + mutant);
  const specimen = specimens[random.below(specimens.length)]!;
  const bytes = mutateBytes(specimen.bytes, random);
  try {
    const outcome = useAll(bytes);
    outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
    const time = timeOf(() => useAll(bytes), slowest.time);
    if (time > slowest.time) slowest = { mutant, specimen: specimen.name, time };
  } catch (error) {
    const text = error instanceof Error ? (error.stack ?? String(error)) : String(error);
    exceptions.push({ mutant, specimen: specimen.name, error: text });
  }
  if (mutant % REPORT_EVERY === 0) report(mutant + 1, false);
}
report(to, true);

/** How long something takes: the best of a few, where once seems longer than a limit, for other processes take time as well. */
function timeOf(work: () => void, limit: number): number {
  let best = Infinity;
  for (let round = 0; round < 5 && best > limit; round += 1) {
    const started = performance.now();
    work();
    best = Math.min(best, performance.now() - started);
  }
  return best;
}

/** All that can be done with bytes without running them. Only a `DecodeError` may come out of it. */
function useAll(bytes: Uint8Array): string {
  const component = attempt(() => decode(bytes));
  if (component === undefined) return 'no component: `DecodeError` of `decode`';
  const errors = validate(component).filter(({ severity }) => severity === 'error');
  contentsOf(component, bytes);
  const inlined = attempt(() => plan(component));
  const described = attempt(() => {
    if (isWitPackage(component)) decodeWitPackage(component);
    else {
      const { world } = componentWorld(component);
      mismatches(world, world);
    }
    return true;
  });
  if (errors.length > 0) return 'findings of `validate`';
  const refused = [
    ...(described === undefined ? ['world'] : []),
    ...(inlined === undefined && !isWitPackage(component) ? ['plan'] : []),
  ];
  return refused.length === 0
    ? 'still valid'
    : `valid, and \`DecodeError\` of the ${refused.join(' and the ')}`;
}

function attempt<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch (error) {
    if (error instanceof DecodeError) return undefined;
    throw error;
  }
}

function report(next: number, done: boolean): void {
  heap = Math.max(heap, process.memoryUsage().heapUsed);
  const progress: HostileProgress = { next, outcomes, exceptions, slowest, heap, done };
  parentPort?.postMessage(progress);
}
