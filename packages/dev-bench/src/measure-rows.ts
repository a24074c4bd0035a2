import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { jsonFromProcess } from '@wit-ts/dev-support/json-process';
import { median } from '@wit-ts/dev-support/statistics';
import type { BenchmarkRow, BenchmarkSuite } from './benchmark-suite.ts';
import { checkAnswer } from './check-answer.ts';
import { type ContenderName, contenderNames } from './contenders/make-instance.ts';
import { temporaryDirectory, transpileWithJco } from './contenders/transpile-with-jco.ts';
import { writeStaticModule } from './contenders/static-module.ts';
import { writeTranspiled } from './contenders/transpiled-module.ts';
import { buildWarmUpComponents } from './megamorphic/build-warm-up-components.ts';
import { testComponent } from './test-component.ts';

export interface RowResult {
  readonly name: string;
  /** How many bytes one call passes on, if the row is compared with copying them. */
  readonly bytes?: number;
  /** Medians over the processes. */
  readonly timings: Timings;
  /** What each process measured. */
  readonly processes: readonly Timings[];
  /**
   * Medians of the processes' ratios. Whatever disturbs a process disturbs all contenders in it, so ratios vary least.
   */
  readonly ratios: {
    readonly witTsToHand: number;
    readonly staticToWitTs: number;
    readonly jcoToWitTs: number;
    /** The time of copying the bytes as a part of the time of wit-ts. */
    readonly copyToWitTs?: number;
  };
}

/** Nanoseconds of one call by contender, and of copying the bytes that it passes on. */
type Timings = Readonly<Record<ContenderName, number>> & { readonly copy?: number };

interface MeasureOptions {
  /** Whether each process first uses fifty other component types. */
  readonly megamorphic: boolean;
  /**
   * How many processes measure each row. An engine may optimise the same code well in one process and less well in the
   * next, and it applies to one row what it has learnt from another. Therefore several processes measure one row and
   * nothing else.
   */
  readonly processes: number;
}

/**
 * Measures rows after it has checked all answers of all contenders. Throws an Error when a contender gives a wrong
 * answer.
 *
 * @param suites the suites to choose from
 * @param isChosen whether to measure a row
 * @param onRow receives the name of each row before the row is measured
 */
export async function measureRows(
  suites: readonly BenchmarkSuite[],
  isChosen: (row: BenchmarkRow) => boolean,
  options: MeasureOptions,
  onRow: (name: string) => void,
): Promise<readonly RowResult[]> {
  const directory = await temporaryDirectory();
  try {
    if (options.megamorphic) await buildWarmUpComponents(warmUpDirectory(directory));
    const results: RowResult[] = [];
    for (const suite of suites) {
      const rows = suite.rows.filter(isChosen);
      if (rows.length === 0) continue;
      const bytes = await testComponent(suite.component);
      await writeTranspiled(generatedDirectory(directory, suite), await transpileWithJco(bytes));
      await writeStaticModule(generatedDirectory(directory, suite), bytes);
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

/** Returns the directory of the files that jco and wit-ts generate for a suite. */
export function generatedDirectory(directory: string, suite: BenchmarkSuite): string {
  return join(directory, suite.component.split('/', 1)[0] ?? '');
}

/** Returns the directory of the components that `--megamorphic` uses first. */
export function warmUpDirectory(directory: string): string {
  return join(directory, 'warm-up');
}

async function checkAnswers(suite: BenchmarkSuite, directory: string): Promise<void> {
  const component = await testComponent(suite.component);
  for (const name of contenderNames) {
    const guest = await suite.contenders[name](component, generatedDirectory(directory, suite));
    for (const call of [...suite.rows.map((row) => row.call), ...suite.unmeasuredCalls])
      await checkAnswer(name, guest, call);
  }
}

async function measureRow(
  { name, bytes }: BenchmarkRow,
  directory: string,
  { megamorphic, processes }: MeasureOptions,
): Promise<RowResult> {
  const script = new URL('./measure-row-process.ts', import.meta.url);
  const runs: Timings[] = [];
  for (let i = 0; i < processes; i++) {
    const flags = [...process.execArgv, '--expose-gc'];
    runs.push(await jsonFromProcess(script, [name, directory, String(megamorphic)], flags));
  }
  const timing = (what: keyof Timings): number => median(runs.map((run) => run[what] ?? 0));
  const ratio = (numerator: keyof Timings, denominator: ContenderName): number =>
    median(runs.map((run) => (run[numerator] ?? 0) / run[denominator]));
  const timings = {
    'by hand': timing('by hand'),
    'wit-ts': timing('wit-ts'),
    static: timing('static'),
    jco: timing('jco'),
  };
  const ratios = {
    witTsToHand: ratio('wit-ts', 'by hand'),
    staticToWitTs: ratio('static', 'wit-ts'),
    jcoToWitTs: ratio('jco', 'wit-ts'),
  };
  if (bytes === undefined) return { name, timings, processes: runs, ratios };
  return {
    name,
    bytes,
    timings: { ...timings, copy: timing('copy') },
    processes: runs,
    ratios: { ...ratios, copyToWitTs: ratio('copy', 'wit-ts') },
  };
}
