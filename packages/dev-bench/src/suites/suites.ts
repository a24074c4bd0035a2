import type { BenchmarkRow, BenchmarkSuite } from '../benchmark-suite.ts';
import { callsBetweenComponents } from './calls-between-components.ts';
import { resources } from './resources.ts';
import { values } from './values.ts';

/** All suites, in the order in which their rows are shown. */
export const benchmarkSuites: readonly BenchmarkSuite[] = [values, resources, callsBetweenComponents];

/** Returns the row with a name, and its suite. Throws an Error when the row does not exist. */
export function findRow(name: string): {
  readonly suite: BenchmarkSuite;
  readonly row: BenchmarkRow;
} {
  for (const suite of benchmarkSuites) {
    const row = suite.rows.find((candidate) => candidate.name === name);
    if (row !== undefined) return { suite, row };
  }
  throw new Error(`no row is named ${JSON.stringify(name)}`);
}
