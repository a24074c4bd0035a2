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
import { Random } from '@wit-ts/dev-support/random';
import type { Specimen } from './specimens.ts';
import { mutateBytes } from './mutate-binary.ts';

/** The mutants that the worker has to try. */
export interface HostileTask {
  readonly specimens: readonly Specimen[];
  readonly seed: number;
  readonly from: number;
  readonly to: number;
}

/** What the worker reports after every few hundred mutants and at the end. */
export interface HostileProgress {
  /** The number of the next mutant. */
  readonly next: number;
  readonly outcomes: Readonly<Record<string, number>>;
  readonly exceptions: readonly {
    readonly mutant: number;
    readonly specimen: string;
    readonly error: string;
  }[];
  /** The slowest mutant, in milliseconds. */
  readonly slowest: { readonly mutant: number; readonly specimen: string; readonly time: number };
  /** The largest heap size at a report, in bytes. */
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
  const specimen = random.pick(specimens);
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

/**
 * Measures how long a function takes. When it takes longer than `limit`, the fastest of five calls counts, because
 * other processes can only make a call longer.
 */
function timeOf(work: () => void, limit: number): number {
  let best = Infinity;
  for (let round = 0; round < 5 && best > limit; round += 1) {
    const started = performance.now();
    work();
    best = Math.min(best, performance.now() - started);
  }
  return best;
}

/**
 * Does everything with a binary that does not run it. Only a `DecodeError` is allowed; any other exception is a
 * finding.
 */
function useAll(bytes: Uint8Array): string {
  const component = attempt(() => decode(bytes));
  if (component === undefined) return 'rejected: `DecodeError` by `decode`';
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
  if (errors.length > 0) return 'rejected: errors by `validate`';
  const rejectedBy = [
    ...(described === undefined ? ['world'] : []),
    ...(inlined === undefined && !isWitPackage(component) ? ['plan'] : []),
  ];
  return rejectedBy.length === 0
    ? 'valid'
    : `valid, then rejected: \`DecodeError\` by the ${rejectedBy.join(' and the ')}`;
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
