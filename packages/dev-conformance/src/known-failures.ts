import { readFile } from 'node:fs/promises';
import type { Case, Report } from './suite.ts';

/** Cases of a file that fail today, and why. */
export interface KnownFailure {
  /** The end of the path. */
  readonly file: string;
  /** All cases of the file where neither names nor lines are given. */
  readonly names?: readonly string[];
  readonly lines?: readonly number[];
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
  /** Entries of the list of which a part matches no case. */
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
    stale: list.filter((entry) =>
      parts(entry).some((part) => !report.cases.some((result) => matches(part, result))),
    ),
  };
}

/** One entry for each case that an entry speaks of. */
function parts(entry: KnownFailure): readonly KnownFailure[] {
  const { names, lines } = entry;
  if (lines !== undefined) return lines.map((line) => ({ ...entry, lines: [line] }));
  return names === undefined ? [entry] : names.map((name) => ({ ...entry, names: [name] }));
}

function matches(entry: KnownFailure, result: Case): boolean {
  return (
    (result.file === entry.file || result.file.endsWith(`/${entry.file}`)) &&
    (entry.names === undefined || entry.names.includes(result.name)) &&
    (entry.lines === undefined || (result.line !== undefined && entry.lines.includes(result.line)))
  );
}

/** Entries for failures, without their reasons, to be completed by hand. */
export function proposeKnownFailures(failures: readonly Case[]): readonly KnownFailure[] {
  return [...Map.groupBy(failures, ({ file }) => file)].map(([file, cases]) => {
    const lines = cases.flatMap(({ line }) => (line === undefined ? [] : [line]));
    const which = lines.length > 0 ? { lines } : { names: cases.map(({ name }) => name) };
    return { file: file.replace(/^(?:\.\.\/)*shared\/(?:corpus\/)?/u, ''), ...which, reason: '' };
  });
}
