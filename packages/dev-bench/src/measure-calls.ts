import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { checkAnswer } from './agree.ts';
import { type ContenderName, contenderNames } from './contenders/contenders.ts';
import { jcoFiles, temporaryDirectory } from './contenders/jco.ts';
import { writeTranspiled } from './contenders/jco-generated.ts';
import { testComponent } from './guest.ts';
import { median } from './measure.ts';
import { writeCompany } from './company/write-company.ts';
import type { Row, Suite } from './suite.ts';
import { suites } from './suites/suites.ts';

export interface RowResult {
  readonly name: string;
  /** Nanoseconds of one call: medians over the processes. */
  readonly timings: Timings;
  /** What was measured in each process. */
  readonly processes: readonly Timings[];
  /** Medians of the processes' ratios: what happens to a process happens to all contenders in it. */
  readonly ratios: { readonly witTsToHand: number; readonly jcoToWitTs: number };
}

/** Nanoseconds of one call. */
export type Timings = Readonly<Record<ContenderName, number>>;

export interface MeasureOptions {
  /** Whether fifty other component types have been used in the process before. */
  readonly megamorphic: boolean;
  /**
   * An engine may optimise the same code well in one process and less well in the next, and what it has learnt from one row it
   * uses for another. So a row has processes of its own, and its rounds are of all of them.
   */
  readonly processes: number;
}

/**
 * Measures rows, after everyone has given every answer. Throws an Error where someone does not.
 *
 * @param chosen which rows
 * @param onRow told before each row
 */
export async function measureCalls(
  chosen: (row: Row) => boolean,
  options: MeasureOptions,
  onRow: (name: string) => void,
): Promise<readonly RowResult[]> {
  const directory = await temporaryDirectory();
  try {
    if (options.megamorphic) await writeCompany(companyDirectory(directory));
    const results: RowResult[] = [];
    for (const suite of suites) {
      const rows = suite.rows.filter(chosen);
      if (rows.length === 0) continue;
      const bytes = await testComponent(suite.component);
      await writeTranspiled(jcoDirectory(directory, suite), await jcoFiles(bytes));
      await checkAnswers(suite, directory);
      for (const row of rows) {
        onRow(row.name);
        results.push(await measureRow(row, directory, options));
      }
    }
    return results;
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** Where jco's files for a suite are. */
export function jcoDirectory(directory: string, suite: Suite): string {
  return join(directory, suite.component.split('/', 1)[0] ?? '');
}

/** Where the other components are. */
export function companyDirectory(directory: string): string {
  return join(directory, 'company');
}

async function checkAnswers(suite: Suite, directory: string): Promise<void> {
  const component = await testComponent(suite.component);
  for (const name of contenderNames) {
    const guest = await suite.contenders[name](component, jcoDirectory(directory, suite));
    for (const call of [...suite.rows.map((row) => row.call), ...suite.furtherCalls])
      checkAnswer(name, guest, call);
  }
}

const run = promisify(execFile);
const child = fileURLToPath(new URL('./row-process.ts', import.meta.url));

async function measureRow(
  { name }: Row,
  directory: string,
  { megamorphic, processes }: MeasureOptions,
): Promise<RowResult> {
  const runs: Timings[] = [];
  for (let i = 0; i < processes; i++) {
    const args = [...process.execArgv, '--expose-gc', child, name, directory, String(megamorphic)];
    const { stdout } = await run(process.execPath, args);
    runs.push(JSON.parse(stdout));
  }
  const timing = (contender: ContenderName): number => median(runs.map((times) => times[contender]));
  const ratio = (above: ContenderName, below: ContenderName): number =>
    median(runs.map((times) => times[above] / times[below]));
  return {
    name,
    timings: { 'by hand': timing('by hand'), 'wit-ts': timing('wit-ts'), jco: timing('jco') },
    processes: runs,
    ratios: { witTsToHand: ratio('wit-ts', 'by hand'), jcoToWitTs: ratio('jco', 'wit-ts') },
  };
}
