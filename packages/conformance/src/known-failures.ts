import { readFile } from 'node:fs/promises';
import type { Case, Report } from './suite.ts';

/** A case that fails today, and why. `file` is the end of the case's path; `name` and `line` are given where the file has more cases. */
export interface KnownFailure {
  readonly file: string;
  readonly name?: string;
  readonly line?: number;
  readonly reason: string;
}

export type KnownFailures = ReadonlyMap<string, readonly KnownFailure[]>;

/** `known-failures.json`, by suite. */
export async function loadKnownFailures(): Promise<KnownFailures> {
  const text = await readFile(new URL('../known-failures.json', import.meta.url), 'utf8');
  return new Map(Object.entries(JSON.parse(text) as Record<string, readonly KnownFailure[]>));
}

export interface Comparison {
  /** Failures that are on the list. */
  readonly known: readonly Case[];
  readonly unexpectedFailures: readonly Case[];
  /** Cases on the list that pass: the list must be shortened. */
  readonly unexpectedPasses: readonly Case[];
  /** Entries of the list that match no case. */
  readonly stale: readonly KnownFailure[];
}

/** Holds a report against the list. */
export function compareWithKnown(report: Report, list: readonly KnownFailure[]): Comparison {
  const listed = (result: Case): boolean => list.some((entry) => matches(entry, result));
  const failed = report.cases.filter((result) => result.status === 'failed');
  return {
    known: failed.filter(listed),
    unexpectedFailures: failed.filter((result) => !listed(result)),
    unexpectedPasses: report.cases.filter((result) => result.status === 'passed' && listed(result)),
    stale: list.filter((entry) => !report.cases.some((result) => matches(entry, result))),
  };
}

function matches(entry: KnownFailure, result: Case): boolean {
  return (
    (result.file === entry.file || result.file.endsWith(`/${entry.file}`)) &&
    (entry.name === undefined || entry.name === result.name) &&
    (entry.line === undefined || entry.line === result.line)
  );
}
