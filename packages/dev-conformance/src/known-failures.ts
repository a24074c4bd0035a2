import { readFile } from 'node:fs/promises';
import type { CaseResult, SuiteReport } from './conformance-suite.ts';

/** Cases of one file that fail today, and the reason. */
export interface KnownFailure {
  /** The end of the file's path. */
  readonly file: string;
  /** The names of the failing cases. Without `names` and `lines` the entry means all cases of the file. */
  readonly names?: readonly string[];
  readonly lines?: readonly number[];
  readonly reason: string;
}

/** The entries by suite. */
export type KnownFailures = ReadonlyMap<string, readonly KnownFailure[]>;

/** Reads `known-failures.json`. */
export async function loadKnownFailures(): Promise<KnownFailures> {
  const text = await readFile(new URL('../known-failures.json', import.meta.url), 'utf8');
  return new Map(Object.entries(JSON.parse(text) as Record<string, readonly KnownFailure[]>));
}

/** The difference between a report and the list of known failures. */
export interface KnownFailureComparison {
  /** Failed cases that the list contains. */
  readonly known: readonly CaseResult[];
  /** Failed cases that the list does not contain. */
  readonly unexpectedFailures: readonly CaseResult[];
  /** Passed cases that the list contains; they have to be removed from the list. */
  readonly unexpectedPasses: readonly CaseResult[];
  /** Entries that name a case which does not exist. */
  readonly stale: readonly KnownFailure[];
}

/** Compares a report with the list of known failures of its suite. */
export function compareWithKnown(report: SuiteReport, list: readonly KnownFailure[]): KnownFailureComparison {
  const listed = (result: CaseResult): boolean => list.some((entry) => matches(entry, result));
  const failed = report.cases.filter((result) => result.status === 'failed');
  return {
    known: failed.filter(listed),
    unexpectedFailures: failed.filter((result) => !listed(result)),
    unexpectedPasses: report.cases.filter((result) => result.status === 'passed' && listed(result)),
    stale: list.filter((entry) =>
      entriesOfOneCase(entry).some((single) => !report.cases.some((result) => matches(single, result))),
    ),
  };
}

/** Splits an entry that names several cases into one entry for each case. */
function entriesOfOneCase(entry: KnownFailure): readonly KnownFailure[] {
  const { names, lines } = entry;
  if (lines !== undefined) return lines.map((line) => ({ ...entry, lines: [line] }));
  return names === undefined ? [entry] : names.map((name) => ({ ...entry, names: [name] }));
}

function matches(entry: KnownFailure, result: CaseResult): boolean {
  return (
    (result.file === entry.file || result.file.endsWith(`/${entry.file}`)) &&
    (entry.names === undefined || entry.names.includes(result.name)) &&
    (entry.lines === undefined || (result.line !== undefined && entry.lines.includes(result.line)))
  );
}

/** Returns entries for failed cases. Their reasons are empty and have to be filled in by hand. */
export function proposeKnownFailures(failures: readonly CaseResult[]): readonly KnownFailure[] {
  return [...Map.groupBy(failures, ({ file }) => file)].map(([file, cases]) => {
    const lines = cases.flatMap(({ line }) => (line === undefined ? [] : [line]));
    const which = lines.length > 0 ? { lines } : { names: cases.map(({ name }) => name) };
    return { file: file.replace(/^(?:\.\.\/)*shared\/(?:corpus\/)?/u, ''), ...which, reason: '' };
  });
}
