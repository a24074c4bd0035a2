import type { BenchmarkRow, BenchmarkSuite } from '../benchmark-suite.ts';
import { callsBetweenComponents } from './calls-between-components.ts';
import { resources } from './resources.ts';
import { streams } from './streams.ts';
import { tasks } from './tasks.ts';
import { values } from './values.ts';

/** The suites in the order in which their rows are shown. */
export const synchronousSuites: readonly BenchmarkSuite[] = [values, resources, callsBetweenComponents];

/** The same for `--async`. */
export const asynchronousSuites: readonly BenchmarkSuite[] = [tasks, streams];

export const allSuites: readonly BenchmarkSuite[] = [...synchronousSuites, ...asynchronousSuites];

/** Returns the row with a name, and its suite. Throws an Error when the row does not exist. */
export function findRow(name: string): {
  readonly suite: BenchmarkSuite;
  readonly row: BenchmarkRow;
} {
  for (const suite of allSuites) {
    const row = suite.rows.find((candidate) => candidate.name === name);
    if (row !== undefined) return { suite, row };
  }
  throw new Error(`no row is named ${JSON.stringify(name)}`);
}
