import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { checkAnswer } from './agree.ts';
import { type ContenderName, contenderNames, contenders } from './contenders/contenders.ts';
import { jcoFiles, temporaryDirectory } from './contenders/jco.ts';
import { writeTranspiled } from './contenders/jco-generated.ts';
import { host, testComponent } from './guest.ts';
import { summary, type Timing } from './measure.ts';
import { furtherCalls, type Row, rows } from './rows.ts';

export const benchGuest = 'bench-guest/built/wat.wasm';

export interface RowResult {
  readonly name: string;
  readonly timings: Readonly<Record<ContenderName, Timing>>;
}

/** Nanoseconds of each round. */
export type Samples = Readonly<Record<ContenderName, readonly number[]>>;

/**
 * An engine may optimise the same code well in one process and less well in the next, and what it has learnt from one row it
 * uses for another. So a row has processes of its own, and its rounds are of all of them.
 */
const processes = 5;

/**
 * Measures rows, after everyone has given every answer. Throws an Error where someone does not.
 *
 * @param onRow told before each row
 */
export async function measureCalls(
  chosen: readonly Row[],
  onRow: (name: string) => void,
): Promise<readonly RowResult[]> {
  const directory = await temporaryDirectory();
  try {
    await writeTranspiled(directory, await jcoFiles(await testComponent(benchGuest)));
    await checkAnswers(directory);
    const results: RowResult[] = [];
    for (const row of chosen) {
      onRow(row.name);
      results.push(await measureRow(row, directory));
    }
    return results;
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function checkAnswers(directory: string): Promise<void> {
  const component = await testComponent(benchGuest);
  for (const name of contenderNames) {
    const guest = await contenders[name](component, host, directory);
    for (const call of [...rows.map((row) => row.call), ...furtherCalls]) checkAnswer(name, guest, call);
  }
}

const run = promisify(execFile);
const child = fileURLToPath(new URL('./row-process.ts', import.meta.url));

async function measureRow({ name }: Row, directory: string): Promise<RowResult> {
  const all: Record<ContenderName, number[]> = { 'by hand': [], 'wit-ts': [], jco: [] };
  for (let i = 0; i < processes; i++) {
    const { stdout } = await run(process.execPath, [...process.execArgv, child, name, directory]);
    const samples: Samples = JSON.parse(stdout);
    for (const contender of contenderNames) all[contender].push(...samples[contender]);
  }
  return {
    name,
    timings: {
      'by hand': summary(all['by hand']),
      'wit-ts': summary(all['wit-ts']),
      jco: summary(all.jco),
    },
  };
}
