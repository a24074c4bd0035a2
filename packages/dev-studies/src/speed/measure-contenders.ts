import { jsonFromProcess } from '@wit-ts/dev-support/json-process';
import type { RoundTimes } from './time-rounds.ts';

/** The best times of several processes, in milliseconds. Other programs can only make a process slower. */
export interface SpeedTimes {
  /** The import of the library and the first round. */
  readonly cold: number;
  /** The first round without the import. */
  readonly first: number;
  /** The later rounds of a process, summarised. */
  readonly warm: number;
}

/** The times of all contenders for one input. */
export interface SpeedRow<Input, Contender extends string> {
  readonly input: Input;
  readonly times: Readonly<Record<Contender, SpeedTimes>>;
}

/** How a study measures one contender with one input. */
interface SpeedMeasurement<Input, Contender extends string> {
  readonly contenders: readonly Contender[];
  /** A script that calls `printRoundTimes`. */
  readonly script: URL;
  readonly argsOf: (contender: Contender, input: Input) => readonly string[];
  /** Summarises the later rounds of a process. */
  readonly warmOf: (later: readonly number[]) => number;
}

/** How many processes measure a contender. Each gives only one cold time. */
export const PROCESSES = 3;

/** Measures all contenders with all inputs. */
export async function measureContenders<Input, Contender extends string>(
  inputs: readonly Input[],
  measurement: SpeedMeasurement<Input, Contender>,
): Promise<readonly SpeedRow<Input, Contender>[]> {
  const rows: SpeedRow<Input, Contender>[] = [];
  for (const input of inputs) {
    const times = new Map<Contender, SpeedTimes>();
    for (const contender of measurement.contenders) {
      times.set(contender, await measureOne(contender, input, measurement));
    }
    rows.push({ input, times: Object.fromEntries(times) as Record<Contender, SpeedTimes> });
  }
  return rows;
}

async function measureOne<Input, Contender extends string>(
  contender: Contender,
  input: Input,
  { script, argsOf, warmOf }: SpeedMeasurement<Input, Contender>,
): Promise<SpeedTimes> {
  const runs: RoundTimes[] = [];
  for (let i = 0; i < PROCESSES; i += 1) {
    // Without the condition `@wit-ts/source`, because the published packages are measured.
    runs.push(await jsonFromProcess(script, [contender, ...argsOf(contender, input)], []));
  }
  return {
    cold: Math.min(...runs.map(({ cold }) => cold)),
    first: Math.min(...runs.map(({ first }) => first)),
    warm: Math.min(...runs.map(({ later }) => warmOf(later))),
  };
}
