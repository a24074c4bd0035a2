/**
 * Runs steps with one shape in several sizes, in a process of its own: `growth-process.ts KIND SHAPE SEED`. Prints the
 * processor time of the steps, in milliseconds, and the limits and errors that they met.
 */
import { argv, stdout } from 'node:process';
import { measuredStages, type ShapeKind } from './measured-stages.ts';

/** What all steps of a group took for one size. */
export interface Measured {
  readonly group: 'reading' | 'other';
  readonly size: number;
  readonly milliseconds: number;
  /** The limit that refused the input. */
  readonly refused?: string;
  /** An exception that is none of the documented ones. */
  readonly fault?: string;
}

type Ending = Pick<Measured, 'refused' | 'fault'>;

const SIZES: Readonly<Record<Measured['group'], readonly number[]>> = {
  reading: [1000, 10_000, 100_000],
  other: [300, 3000],
};

const READING: ReadonlySet<string> = new Set(['parse', 'resolve', 'decode', 'validate', 'world', 'plan']);

/** Prettier's work is not ours, and takes most of the time. */
const LEFT_OUT: ReadonlySet<string> = new Set(['gen', 'gen, guest']);

/** Codes of limits. */
const LIMITS = /^(?:text-too-long|too-many-parts|nesting-too-deep|too-complex|type-too-deep)$/u;

const [kind, shape = '', seed = ''] = argv.slice(2);
const measured: Measured[] = [];
for (const group of ['reading', 'other'] as const)
  for (const size of SIZES[group]) measured.push(await measure(group, size));
stdout.write(JSON.stringify(measured));

async function measure(group: Measured['group'], size: number): Promise<Measured> {
  let milliseconds = 0;
  const endings: Ending[] = [];
  for (const { name, prepare } of measuredStages(kind as ShapeKind, shape, size, Number(seed))) {
    if (READING.has(name) !== (group === 'reading') || LEFT_OUT.has(name)) continue;
    const run = prepared(prepare);
    if (run === undefined) continue;
    const started = process.cpuUsage();
    try {
      endings.push(limitIn(await run()));
    } catch (error) {
      endings.push(endingOf(name, error));
    }
    const { user, system } = process.cpuUsage(started);
    milliseconds += (user + system) / 1000;
  }
  // The first refusal explains the later ones; an exception is always reported.
  return { group, size, milliseconds, ...merged(endings) };
}

function merged(endings: readonly Ending[]): Ending {
  const refused = endings.find((ending) => ending.refused !== undefined);
  const fault = endings.find((ending) => ending.fault !== undefined);
  return { ...refused, ...fault };
}

function prepared(prepare: () => (() => unknown) | undefined): (() => unknown) | undefined {
  try {
    return prepare();
  } catch {
    // The step that fails here is measured as well, and reports why.
    return undefined;
  }
}

function endingOf(stage: string, error: unknown): Ending {
  const text = error instanceof Error ? error.message : String(error);
  const isDocumented = error instanceof Error && error.name === 'DecodeError';
  return isDocumented ? { refused: text } : { fault: `${stage}: ${text.slice(0, 200)}` };
}

/** Finds the code of a limit among the diagnostics of a result, or among findings. */
function limitIn(found: unknown): Ending {
  const list = Array.isArray(found) ? found : (found as { diagnostics?: unknown } | undefined)?.diagnostics;
  if (!Array.isArray(list)) return {};
  for (const item of list.slice(0, 100) as { code?: unknown }[])
    if (typeof item?.code === 'string' && LIMITS.test(item.code)) return { refused: item.code };
  return {};
}
